package hgn.films.pictures;

import hgn.files.StorageException;
import hgn.films.source.FilmFiles;
import hgn.films.source.FilmSource;
import hgn.films.source.FrameSink;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Folders of numbered PNG or JPEG pictures, in natural order of names: one film per folder. */
public final class FrameFolders implements FilmSource {
  private final Path root;
  private final List<Path> folders;
  private final List<List<Path>> films;

  private FrameFolders(Path root, List<Path> folders, List<List<Path>> films) {
    this.root = root;
    this.folders = List.copyOf(folders);
    this.films = List.copyOf(films);
  }

  /** The film in a folder; none if there are no pictures. */
  public static FrameFolders of(Path folder, List<Path> entries) {
    List<Path> pictures = pictures(folder, entries);
    return pictures.isEmpty()
        ? new FrameFolders(folder, List.of(), List.of())
        : new FrameFolders(folder, List.of(folder), List.of(pictures));
  }

  /** The films in the subfolders of a folder. */
  public static FrameFolders below(Path root, List<Path> entries) {
    List<Path> folders = new ArrayList<>();
    List<List<Path>> films = new ArrayList<>();
    for (Path entry : entries) {
      if (Files.isDirectory(entry)) {
        FilmFiles.requireWithin(root, List.of(entry));
        List<Path> inside = pictures(root, FilmFiles.list(entry));
        if (!inside.isEmpty()) {
          folders.add(entry);
          films.add(inside);
        }
      }
    }
    return new FrameFolders(root, folders, films);
  }

  private static List<Path> pictures(Path root, List<Path> entries) {
    List<Path> named = entries.stream().filter(FrameFolders::hasPictureName).toList();
    FilmFiles.requireWithin(root, named);
    return named.stream().filter(FilmFiles::isFile).toList();
  }

  /** Checks only the name, since opening thousands of files is slow. */
  private static boolean hasPictureName(Path file) {
    return file.getFileName().toString().toLowerCase(Locale.ROOT).matches(".*\\.(png|jpe?g)");
  }

  public boolean isEmpty() {
    return films.isEmpty();
  }

  @Override
  public String kind() {
    return films.size() == 1 && folders.get(0).equals(root)
        ? "a folder of pictures"
        : "folders of pictures";
  }

  @Override
  public List<String> films() {
    return folders.stream().map(folder -> folder.getFileName().toString()).toList();
  }

  @Override
  public List<Path> files() {
    return films.stream().flatMap(List::stream).toList();
  }

  @Override
  public OptionalDouble dt() {
    return OptionalDouble.empty();
  }

  @Override
  public boolean isFloat() {
    return false;
  }

  @Override
  public boolean isRandomAccess() {
    return true;
  }

  @Override
  public void read(int film, FrameSink sink) {
    if (!Files.isDirectory(folders.get(film))) {
      throw new StorageException(
          folders.get(film), "it is gone", "do not change the films while they are being read");
    }
    for (Path picture : films.get(film)) {
      sink.accept(PictureFile.read(picture));
    }
  }
}
