package hgn.films;

import hgn.files.StorageException;
import hgn.films.arrays.Hdf5Films;
import hgn.films.arrays.NpyFilms;
import hgn.films.arrays.NpyHeader;
import hgn.films.arrays.NpzFilms;
import hgn.films.arrays.ShardFilms;
import hgn.films.output.DataSet;
import hgn.films.pictures.FrameFolders;
import hgn.films.pictures.GifFilms;
import hgn.films.pictures.PictureFile;
import hgn.films.pictures.VideoFilms;
import hgn.films.records.FeatureList;
import hgn.films.records.RecordFile;
import hgn.films.records.RecordFilms;
import hgn.films.source.FilmFiles;
import hgn.films.source.FilmSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/** Opens films. The format is detected from file contents, not names. */
public final class FilmSources {
  private static final String KINDS =
      "films are folders of PNG or JPEG frames, GIF, npy, npz, HDF5, TFRecord, MP4, MOV or AVI files,"
          + " or what 'generate' writes";

  /** Up to this many pictures beside films are ignored as thumbnails and the like. */
  private static final int FEW_PICTURES = 3;

  private static final int ZIP = 0x504b0304;
  private static final int EMPTY_ZIP = 0x504b0506;

  private FilmSources() {}

  /**
   * Opens the films in a file or a folder.
   *
   * @param key name of the array or data set if a file has several; empty if there is only one
   * @throws StorageException if there are none, or they cannot be read
   */
  public static FilmSource open(Path path, String key) {
    if (path.toString().isEmpty()) {
      throw new StorageException(Path.of("''"), "no file or folder is given", "give one");
    }
    if (!Files.exists(path)) {
      throw new StorageException(path, "there is no such file or folder", "check the path");
    }
    return Files.isDirectory(path) ? inFolder(path, key) : inFile(path, key);
  }

  private static FilmSource inFile(Path file, String key) {
    if (!FilmFiles.isFile(file)) {
      throw new StorageException(file, "it is neither a file nor a folder", KINDS);
    }
    byte[] head = FilmFiles.head(file);
    if (file.getFileName().toString().equals(DataSet.LIST)) {
      return new ShardFilms(file.toAbsolutePath().getParent());
    }
    if (GifFilms.isGif(head)) {
      return new GifFilms(List.of(file));
    }
    if (NpyHeader.isNpy(head)) {
      return NpyFilms.open(file);
    }
    if (isZip(head)) {
      return NpzFilms.open(file, key);
    }
    if (Hdf5Films.isHdf5(head)) {
      return Hdf5Films.open(file, key);
    }
    if (RecordFile.isRecords(head)) {
      return new RecordFilms(List.of(file), key);
    }
    if (VideoFilms.isVideo(head)) {
      return new VideoFilms(List.of(file));
    }
    if (PictureFile.isPicture(head)) {
      throw new StorageException(file, "one picture is no film", "give the folder of its frames");
    }
    throw new StorageException(
        file,
        head.length == 0 ? "the file is empty" : "this is no kind of film that is known",
        KINDS);
  }

  private static boolean isZip(byte[] head) {
    if (head.length < Integer.BYTES) {
      return false;
    }
    int mark = (head[0] & 255) << 24 | (head[1] & 255) << 16 | (head[2] & 255) << 8 | head[3] & 255;
    return mark == ZIP || mark == EMPTY_ZIP;
  }

  private static FilmSource inFolder(Path folder, String key) {
    if (Files.isRegularFile(folder.resolve(DataSet.LIST))) {
      return new ShardFilms(folder);
    }
    List<Path> entries = FilmFiles.list(folder);
    if (Files.isRegularFile(folder.resolve(FeatureList.NAME))) {
      List<Path> records = files(folder, entries, RecordFile::isRecords);
      if (!records.isEmpty()) {
        return new RecordFilms(records, key);
      }
    }
    FrameFolders folders = FrameFolders.below(folder, entries);
    List<Path> gifs = files(folder, entries, GifFilms::isGif);
    List<Path> videos = files(folder, entries, VideoFilms::isVideo);
    FrameFolders single = FrameFolders.of(folder, entries);
    boolean hasOthers = !folders.isEmpty() || !gifs.isEmpty() || !videos.isEmpty();
    if (hasOthers && single.files().size() > FEW_PICTURES) {
      throw new StorageException(
          folder,
          "there are " + single.files().size() + " pictures in it, and films beside them",
          "give the folder or files that you mean, or put each kind in a folder of its own");
    }
    if (!folders.isEmpty()) {
      return folders;
    }
    if (!gifs.isEmpty()) {
      return new GifFilms(gifs);
    }
    if (!videos.isEmpty()) {
      return new VideoFilms(videos);
    }
    if (!single.isEmpty()) {
      return single;
    }
    List<Path> files = entries.stream().filter(FilmFiles::isFile).toList();
    if (files.size() == 1) {
      FilmFiles.requireWithin(folder, files);
      return inFile(files.get(0), key);
    }
    throw new StorageException(
        folder,
        entries.isEmpty() ? "the folder is empty" : "there are no films in this folder",
        KINDS + "; if there are several array files, give one");
  }

  private static List<Path> files(Path folder, List<Path> entries, Predicate<byte[]> isOfKind) {
    List<Path> files =
        entries.stream()
            .filter(FilmFiles::isFile)
            .filter(file -> isOfKind.test(FilmFiles.head(file)))
            .toList();
    FilmFiles.requireWithin(folder, files);
    return files;
  }
}
