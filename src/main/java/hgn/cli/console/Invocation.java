package hgn.cli.console;

import java.io.File;

/** How the user started this program, for advice on what to type next. */
public final class Invocation {
  private Invocation() {}

  /** What goes before a command's name. */
  public static String prefix() {
    String classPath = System.getProperty("java.class.path", "");
    return classPath.endsWith(".jar") && !classPath.contains(File.pathSeparator)
        ? "java -jar " + classPath
        : "hgn4j";
  }
}
