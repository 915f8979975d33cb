package hgn.cli.console;

import hgn.text.Shell;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The command line that started this program, for proposing further commands. */
public final class Invocation {
  private Invocation() {}

  /**
   * A command of this program that can be pasted into a shell of the same folder.
   *
   * @param words name of the command, options and arguments, which are quoted where needed
   */
  public static String of(String... words) {
    return prefix() + " " + Shell.join(words);
  }

  /** The part before a command's name, quoted for a shell. */
  public static String prefix() {
    String classPath = System.getProperty("java.class.path", "");
    boolean isJar = classPath.endsWith(".jar") && !classPath.contains(File.pathSeparator);
    return isJar
        ? Shell.join(java(), "-jar", classPath)
        : Shell.join(java(), "-cp", classPath, "hgn.cli.Main");
  }

  /** {@code java}, if a shell takes that for the Java that is running, or its path. */
  private static String java() {
    Path own = Path.of(System.getProperty("java.home"), "bin", "java");
    String path = System.getenv("PATH");
    for (String folder : Pattern.compile(File.pathSeparator).split(path == null ? "" : path)) {
      try {
        Path found = Path.of(folder).resolve("java");
        if (Files.isExecutable(found)) {
          return Files.isSameFile(found, own) ? "java" : own.toString();
        }
      } catch (IOException | InvalidPathException unusable) {
        // a shell passes over it too
      }
    }
    return own.toString();
  }
}
