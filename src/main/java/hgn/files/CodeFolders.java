package hgn.files;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The folders in which native code may be unpacked, in order of preference. */
public final class CodeFolders {
  /** System property that names the only folder to use, or a file in it. */
  public static final String PROPERTY = "hgn.native.path";

  private CodeFolders() {}

  /** What the property names. */
  public static Optional<Path> named() {
    return Optional.ofNullable(System.getProperty(PROPERTY))
        .filter(path -> !path.isBlank())
        .map(path -> Path.of(path).toAbsolutePath());
  }

  /** Those of this process. */
  public static List<Path> ofThisProcess() {
    if (named().isPresent()) {
      Path path = named().get();
      return List.of(Files.isRegularFile(path) ? path.getParent() : path);
    }
    return of(
        System.getProperty("java.io.tmpdir", ""),
        System.getProperty("user.home", ""),
        System.getenv());
  }

  /**
   * Those for temporary files, then those of the user: often code may be run from one of them only.
   */
  static List<Path> of(String temporary, String home, Map<String, String> environment) {
    List<Path> folders = new ArrayList<>();
    add(folders, temporary);
    add(folders, "/var/tmp");
    add(folders, environment.getOrDefault("XDG_RUNTIME_DIR", ""));
    add(folders, environment.getOrDefault("XDG_CACHE_HOME", ""));
    if (home.startsWith("/")) { // Java's word for an unknown one is "?"
      add(folders, home + "/.cache");
      add(folders, home);
    }
    return folders.stream().distinct().toList();
  }

  private static void add(List<Path> folders, String folder) {
    if (!folder.isBlank()) {
      folders.add(Path.of(folder).toAbsolutePath().normalize());
    }
  }
}
