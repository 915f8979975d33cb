package hgn.cli.console;

/** Exit codes of the program. */
public final class ExitCode {
  /** The command did what it was asked. */
  public static final int OK = 0;

  /** The command failed. */
  public static final int FAILURE = 1;

  /** The arguments or the configuration are invalid. */
  public static final int USAGE = 2;

  /** The user interrupted it by Ctrl-C: 128 + SIGINT. */
  public static final int INTERRUPTED = 130;

  private ExitCode() {}
}
