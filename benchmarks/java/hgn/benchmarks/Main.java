package hgn.benchmarks;

import hgn.bench.Processor;
import hgn.tensor.Backend;
import hgn.tensor.Backends;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The entry point of {@code benchmarks.jar}. Exit codes: 0 done, 1 a guarded benchmark got slower,
 * 2 wrong usage.
 */
@Command(
    name = "benchmarks",
    mixinStandardHelpOptions = true,
    description = "Times every part of a training step and sets it beside what the machine can do.")
public final class Main implements Callable<Integer> {
  @Option(
      names = "--only",
      paramLabel = "REGEX",
      description = "Benchmarks whose class matches, such as Convolution; may be repeated.")
  private List<String> only = new ArrayList<>();

  @Option(
      names = {"--backend", "--device"},
      paramLabel = "NAME",
      description = "cpu, jvm or cuda (default: ${DEFAULT-VALUE}).")
  private String backend = "cpu";

  @Option(names = "--brief", description = "Fewer and shorter iterations.")
  private boolean brief;

  @Option(names = "--json", paramLabel = "FILE", description = "Write everything to a file.")
  private Path json;

  @Option(
      names = "--guard",
      paramLabel = "BASELINE",
      description = "Run a short subset and fail if a share fell by more than a quarter.")
  private Path guard;

  @Option(
      names = "--write-baseline",
      paramLabel = "BASELINE",
      description = "Run the same subset three times and keep its middle shares.")
  private Path baseline;

  private final PrintStream out = System.out;

  private Main() {}

  /** Runs benchmarks and exits. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Main()).execute(args));
  }

  @Override
  public Integer call() throws IOException {
    Backend computes = Backends.get(backend);
    String machine =
        LocalDate.now()
            + ", "
            + Processor.name()
            + ", "
            + Runtime.getRuntime().availableProcessors()
            + " processors, "
            + computes.describe();
    out.println(machine + "; JMH's own log is " + Suite.log());
    Suite suite = new Suite(backend, brief || guard != null || baseline != null);
    if (guard != null) {
      return guard(new Guard(suite), computes);
    }
    if (baseline != null) {
      Baseline.open(baseline).write(setting(computes), machine, new Guard(suite).typical());
      out.println("written to " + baseline);
      return 0;
    }
    Map<String, Reading> readings = suite.matching(only.isEmpty() ? List.of("Benchmark") : only);
    out.print(Table.markdown(readings));
    if (json != null) {
      String command = "java -jar target/benchmarks.jar" + arguments();
      Files.writeString(json, Table.json(readings, machine, command).toPrettyString() + "\n");
      out.println("written to " + json);
    }
    return 0;
  }

  private String arguments() {
    StringBuilder line = new StringBuilder(" --backend ").append(backend);
    only.forEach(pattern -> line.append(" --only ").append(pattern));
    return line.append(brief ? " --brief" : "").toString();
  }

  private int guard(Guard guarded, Backend computes) {
    String setting = setting(computes);
    Map<String, Double> shares = Baseline.open(guard).shares(setting);
    if (shares.isEmpty()) {
      out.println("no baseline for " + setting + " yet; nothing is guarded on this machine");
      return 0;
    }
    int slower = 0;
    for (Guard.Finding finding : guarded.check(shares)) {
      out.printf(
          "%-45s baseline %6.3g %%, now %6.3g %%  %s%n",
          finding.name(),
          100 * finding.baseline(),
          100 * finding.share(),
          finding.passed() ? "" : "SLOWER");
      slower += finding.passed() ? 0 : 1;
    }
    out.println(
        slower == 0
            ? "no benchmark got slower"
            : slower
                + " got slower than "
                + Guard.LEAST
                + " of the baseline; if that is meant,"
                + " measure it again with --write-baseline "
                + guard);
    return slower == 0 ? 0 : 1;
  }

  /** What a share depends on: the kind of processor, the backend and its instruction set. */
  private static String setting(Backend computes) {
    return Processor.kind() + ", " + computes.describe();
  }
}
