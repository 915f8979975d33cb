package hgn.benchmarks;

import hgn.bench.Processor;
import hgn.tensor.Backend;
import hgn.tensor.Backends;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
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
      names = "--against",
      paramLabel = "JAR",
      description =
          "Compare a short subset with another build's benchmarks.jar, and fail if a benchmark"
              + " takes more than a tenth longer.")
  private Path against;

  @Option(
      names = "--plant",
      paramLabel = "NAME",
      description =
          "With --against: make this one 15 %% slower in this build, to see it being noticed.")
  private String plant;

  @Option(names = "--serve", hidden = true, description = "Time what standard input asks for.")
  private boolean serves;

  private final PrintStream out = System.out;

  private Main() {}

  /** Runs benchmarks and exits. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Main()).execute(args));
  }

  @Override
  public Integer call() throws IOException, URISyntaxException {
    if (serves) {
      new TimingServer(backend).serve(out);
      return 0;
    }
    Backend computes = Backends.get(backend);
    String machine =
        LocalDate.now()
            + ", "
            + Processor.name()
            + ", "
            + Runtime.getRuntime().availableProcessors()
            + " processors, "
            + computes.describe();
    if (against != null) {
      out.println(machine);
      return guard();
    }
    out.println(machine + "; JMH's own log is " + Suite.log());
    Suite suite = new Suite(backend, brief);
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

  private int guard() throws URISyntaxException {
    if (plant != null && !GuardedWorkloads.all().containsKey(plant)) {
      out.println("--plant " + plant + " is none of " + GuardedWorkloads.all().keySet());
      return CommandLine.ExitCode.USAGE;
    }
    Path now = Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<String> slower = new Guard(against, now, backend, plant).compare(out);
    out.println(
        slower.isEmpty()
            ? "no benchmark got slower"
            : slower.size()
                + " got slower by more than a tenth; if that is meant, write the commit to compare"
                + " with into benchmarks/baseline-commit");
    return slower.isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }
}
