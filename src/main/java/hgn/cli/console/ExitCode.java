package hgn.cli.console;

/** Exit codes of the program; 0 is success. */
public final class ExitCode {
  /** The command could not do what it was asked to. */
  public static final int FAILURE = 1;

  /** The arguments or the configuration make no sense. */
  public static final int USAGE = 2;

  /** The user stopped it by Ctrl-C: 128 + SIGINT. */
  public static final int INTERRUPTED = 130;

  private ExitCode() {}
}
