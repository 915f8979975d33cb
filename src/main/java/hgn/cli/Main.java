package hgn.cli;

import hgn.cli.console.ErrorReport;
import hgn.cli.console.ExitCode;
import hgn.cli.console.StandardOutput;
import hgn.cli.console.Terminal;
import hgn.cli.nhf.Nhf;
import hgn.cli.options.Numbers;
import hgn.cli.ranked.RankedRun;
import hgn.doctor.Version;
import hgn.images.Lettering;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

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
      SweepCommand.class,
      Bench.class,
      TapeCommand.class,
      Doctor.class
    },
    synopsisSubcommandLabel = "COMMAND")
public final class Main implements Runnable {
  private static final List<String> HELP = List.of("-h", "--help");
  private static final int HELP_WIDTH = 96;

  /** Picocli writes no narrower help. */
  private static final int LEAST_HELP_WIDTH = 55;

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
    System.exit(run(new FileOutputStream(FileDescriptor.out), System.err, args));
  }

  /**
   * As {@link #run(PrintWriter, PrintWriter, String...)}, but fails if output cannot be written.
   */
  static int run(OutputStream stream, OutputStream errors, String... args) {
    Charset charset = Charset.defaultCharset();
    StandardOutput out = new StandardOutput(stream, charset);
    PrintWriter err = new PrintWriter(errors, true, charset);
    int code = run(out.printer(), err, args);
    Optional<String> lost = out.failure();
    if (code != 0 || lost.isEmpty()) {
      return code;
    }
    err.println("hgn4j: " + lost.get());
    return ExitCode.FAILURE;
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
            .setUsageHelpWidth(helpWidth(args))
            .registerConverter(Path.class, Main::path)
            .setExecutionStrategy(parsed -> execute(parsed, err))
            .setExecutionExceptionHandler(report)
            .setParameterExceptionHandler(report);
    Numbers.read(line);
    try {
      return line.execute(args);
    } catch (Error error) { // picocli hands on exceptions only
      return report.failed(error, line.getParseResult());
    } finally {
      out.flush();
      err.flush();
    }
  }

  /** Runs the last command of a line; under a launcher, only if several ranks can share it. */
  private static int execute(CommandLine.ParseResult parsed, PrintWriter err) {
    CommandSpec last =
        parsed.asCommandLineList().get(parsed.asCommandLineList().size() - 1).getCommandSpec();
    Optional<Integer> refused =
        last.userObject() instanceof Train
            ? Optional.empty()
            : RankedRun.refused(last.qualifiedName().replaceFirst("^hgn4j ", ""), err);
    return refused.isPresent() ? refused.get() : new CommandLine.RunLast().execute(parsed);
  }

  /** The width of the terminal, which takes time to find out, where help may be printed. */
  private static int helpWidth(String... args) {
    boolean helps = args.length == 0 || Arrays.stream(args).anyMatch(HELP::contains);
    return helps ? Math.max(LEAST_HELP_WIDTH, Terminal.textWidth(HELP_WIDTH)) : HELP_WIDTH;
  }

  private static Path path(String word) {
    try {
      return Path.of(word);
    } catch (InvalidPathException unusable) {
      throw new TypeConversionException(
          ("'" + word + "' cannot be the name of a file in this locale (" + unusable.getReason())
              + "); where it has letters beyond ASCII, set LC_ALL=C.UTF-8");
    }
  }

  /** Without a command, prints the usage. */
  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
