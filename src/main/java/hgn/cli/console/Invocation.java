package hgn.cli.console;

import java.io.File;

/** The command line that started this program, for hints on further commands. */
public final class Invocation {
  private Invocation() {}

  /** The part before a command's name. */
  public static String prefix() {
    String classPath = System.getProperty("java.class.path", "");
    return classPath.endsWith(".jar") && !classPath.contains(File.pathSeparator)
        ? "java -jar " + classPath
        : "hgn4j";
  }
}
