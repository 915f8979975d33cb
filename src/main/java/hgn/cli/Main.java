package hgn.cli;

import hgn.cli.console.ErrorReport;
import hgn.cli.nhf.Nhf;
import hgn.doctor.Version;
import hgn.images.Lettering;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * The program's entry point. Exit codes: 0 done, 1 failed, 2 wrong usage or configuration, 130
 * interrupted.
 */
@Command(
    name = "hgn4j",
    description =
        "Learns Hamiltonian dynamics from pixels, and predicts them forward and backward.",
    versionProvider = Version.class,
    subcommands = {
      Train.class,
      Films.class,
      Evaluate.class,
      Compare.class,
      Verify.class,
      Rollout.class,
      Sample.class,
      Explore.class,
      Generate.class,
      Floor.class,
      Nhf.class,
      Reproduce.class,
      Bench.class,
      TapeCommand.class,
      Doctor.class
    },
    synopsisSubcommandLabel = "COMMAND")
public final class Main implements Runnable {
  private static final int HELP_WIDTH = 96;

  @Spec private CommandSpec spec;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Print the stack trace of an error.")
  private boolean debug;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Print this help and exit.")
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Print the version and exit.")
  private boolean version;

  Main() {}

  /** Runs the command given by {@code args} and exits. */
  public static void main(String[] args) {
    // pictures are drawn into memory: a display that is named and not there must not matter
    System.setProperty("java.awt.headless", "true");
    Lettering.useAlone();
    // texts of libraries too; the program itself names its locale
    Locale.setDefault(Locale.ROOT);
    Charset charset = Charset.defaultCharset();
    int code =
        run(
            new PrintWriter(System.out, true, charset),
            new PrintWriter(System.err, true, charset),
            args);
    System.exit(code);
  }

  /** Runs the command {@code name} with {@code args} and exits. */
  static void start(String name, String[] args) {
    String[] line = new String[args.length + 1];
    line[0] = name;
    System.arraycopy(args, 0, line, 1, args.length);
    main(line);
  }

  /** Runs a command and returns its exit code. */
  public static int run(PrintWriter out, PrintWriter err, String... args) {
    Main main = new Main();
    ErrorReport report = new ErrorReport(err, () -> main.debug);
    CommandLine line =
        new CommandLine(main)
            .setOut(out)
            .setErr(err)
            .setUsageHelpWidth(HELP_WIDTH)
            .setExecutionExceptionHandler(report)
            .setParameterExceptionHandler(report);
    try {
      return line.execute(args);
    } catch (Error error) { // picocli hands on exceptions only
      return report.failed(error);
    } finally {
      out.flush();
      err.flush();
    }
  }

  /** Without a command, prints the usage. */
  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
