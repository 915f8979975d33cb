package hgn.backend.cuda;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Searches for shared libraries in the folders where drivers, toolkits, system packages and Python
 * environments install them.
 */
final class LibrarySearch {
  /** System property with folders that are searched first, separated like a class path. */
  static final String PROPERTY = "hgn.cuda.path";

  private static final List<String> SYSTEM =
      List.of(
          "/usr/lib/x86_64-linux-gnu",
          "/lib/x86_64-linux-gnu",
          "/usr/lib64",
          "/lib64",
          "/usr/lib",
          "/usr/local/lib",
          "/usr/lib/wsl/lib",
          "/usr/local/nvidia/lib64",
          "/usr/local/nvidia/lib",
          "/run/opengl-driver/lib");

  private final List<Path> folders;

  /** Searches these folders, in this order. */
  LibrarySearch(Collection<Path> folders) {
    this.folders = List.copyOf(folders);
  }

  /** Searches this machine, following its environment variables and the system property. */
  static LibrarySearch ofThisMachine() {
    return new LibrarySearch(
        folders(Path.of("/"), System.getProperty(PROPERTY, ""), System.getenv()));
  }

  /** The folders of a machine whose file system root is {@code root}, in order of preference. */
  static List<Path> folders(Path root, String property, Map<String, String> environment) {
    Folders found = new Folders(root);
    found.addList(property);
    found.addList(environment.getOrDefault("LD_LIBRARY_PATH", ""));
    for (String variable : List.of("CUDA_HOME", "CUDA_PATH", "CUDNN_PATH")) {
      String home = environment.getOrDefault(variable, "");
      if (!home.isEmpty()) {
        found.add(home + "/lib64");
        found.add(home + "/lib");
      }
    }
    found.addMatches("/usr/local", "cuda*", "lib64");
    SYSTEM.forEach(found::add);
    found.addConfigured("/etc/ld.so.conf.d");
    for (String variable : List.of("VIRTUAL_ENV", "CONDA_PREFIX")) {
      String home = environment.getOrDefault(variable, "");
      if (!home.isEmpty()) {
        found.add(home + "/lib");
        found.addPython(home + "/lib");
      }
    }
    found.addPython(environment.getOrDefault("HOME", "") + "/.local/lib");
    found.addPython("/usr/local/lib");
    found.addPython("/usr/lib");
    return List.copyOf(found.paths);
  }

  /** Returns the first file of that name in the order of the folders. */
  Optional<Path> find(String name) {
    return folders.stream()
        .map(folder -> folder.resolve(name))
        .filter(Files::isRegularFile)
        .findFirst();
  }

  /** For messages: how many folders were searched, and how to add one. */
  String advice() {
    return "searched in "
        + folders.size()
        + " folders; name the right one with -D"
        + PROPERTY
        + "=DIR";
  }

  /** Collects existing folders without duplicates. */
  private static final class Folders {
    private final Path root;
    private final Set<Path> paths = new LinkedHashSet<>();

    Folders(Path root) {
      this.root = root;
    }

    private Path at(String path) {
      return root.resolve(path.startsWith("/") ? path.substring(1) : path);
    }

    void add(String path) {
      add(at(path));
    }

    private void add(Path folder) {
      if (Files.isDirectory(folder)) {
        paths.add(folder);
      }
    }

    void addList(String list) {
      for (String path : list.split(File.pathSeparator)) {
        if (!path.isEmpty()) {
          add(path.startsWith("/") ? at(path) : Path.of(path).toAbsolutePath());
        }
      }
    }

    /** Adds the folders {@code parent/pattern/child}, the highest version first. */
    void addMatches(String parent, String pattern, String child) {
      matches(at(parent), pattern).forEach(folder -> add(folder.resolve(child)));
    }

    /** Adds the folders {@code python3.x/*-packages/nvidia/*}/lib beneath {@code parent}. */
    void addPython(String parent) {
      for (Path version : matches(at(parent), "python3*")) {
        for (Path packages : matches(version, "*-packages")) {
          for (Path part : matches(packages.resolve("nvidia"), "*")) {
            add(part.resolve("lib"));
          }
        }
      }
    }

    /** Adds the folders named in the dynamic linker's configuration files. */
    void addConfigured(String directory) {
      for (Path file : matches(at(directory), "*.conf")) {
        try {
          Files.readAllLines(file).stream()
              .map(String::strip)
              .filter(line -> line.startsWith("/"))
              .forEach(this::add);
        } catch (IOException unreadable) {
          continue; // not readable for the linker either
        }
      }
    }

    private static List<Path> matches(Path folder, String pattern) {
      List<Path> found = new ArrayList<>();
      if (Files.isDirectory(folder)) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, pattern)) {
          entries.forEach(found::add);
        } catch (IOException unreadable) {
          return List.of(); // an unreadable folder counts as empty
        }
      }
      found.sort((a, b) -> b.getFileName().toString().compareTo(a.getFileName().toString()));
      return found;
    }
  }
}
