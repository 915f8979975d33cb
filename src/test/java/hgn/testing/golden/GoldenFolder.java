package hgn.testing.golden;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A folder of resources as files: itself, or unpacked if it lies in a jar. */
final class GoldenFolder {
  private GoldenFolder() {}

  /** The folder's files; those of a jar are deleted when the program ends. */
  static Path of(URL url) {
    try {
      URI place = url.toURI();
      return place.getScheme().equals("jar") ? unpacked(place) : Path.of(place);
    } catch (URISyntaxException error) {
      throw new IllegalStateException("no folder of reference vectors at " + url, error);
    } catch (IOException error) {
      throw new UncheckedIOException("cannot unpack the reference vectors of " + url, error);
    }
  }

  private static Path unpacked(URI place) throws IOException {
    Path folder = Files.createTempDirectory("hgn4j-golden");
    folder.toFile().deleteOnExit();
    String[] jarAndFolder = place.toString().split("!", 2);
    try (FileSystem jar = FileSystems.newFileSystem(URI.create(jarAndFolder[0]), Map.of());
        Stream<Path> files = Files.list(jar.getPath(jarAndFolder[1]))) {
      List<Path> all = files.filter(Files::isRegularFile).toList();
      for (Path file : all) {
        Path copy = folder.resolve(file.getFileName().toString());
        Files.copy(file, copy);
        copy.toFile().deleteOnExit(); // before its folder, as the last is deleted first
      }
    }
    return folder;
  }
}
