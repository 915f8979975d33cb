package hgn.peer;

import hgn.bench.BenchWork;
import hgn.model.Hgn;
import hgn.tensor.Backend;
import hgn.tensor.Backends;
import hgn.tensor.HostThreads;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * hgn4j and Python's PyTorch in turn. Exit codes: 0 done, 1 the sides do not compute the same or
 * PyTorch is missing, 2 wrong usage.
 */
@Command(
    name = "benchmarks/peer/run --python",
    mixinStandardHelpOptions = true,
    description = {
      "Times hgn4j and Python's PyTorch in turn, on the published preset:",
      "  step          a whole training step",
      "  rollout       29 leapfrog steps, nothing recorded",
      "  rollout-grad  the same, and back to weights, q and p",
      "  encoder       frames to z, forward and backward",
      "  decoder       states to frames, forward and backward",
      "PyTorch's step is written in several ways, of which the fastest here is taken. Before that both",
      "sides take training steps from the same start, which must agree."
    })
public final class PythonMain implements Callable<Integer> {
  @Spec private CommandSpec spec;

  private static final int TRIALS = 3;

  @Parameters(paramLabel = "PART", description = "What to time (default: all of the above).")
  private List<Part> parts = List.of(Part.values());

  @Option(names = "--batch", paramLabel = "N", description = "Rollouts in a batch (default: 16).")
  private int batch = 16;

  @Option(names = "--iterations", paramLabel = "N", description = "Timed calls (default: 10).")
  private int iterations = 10;

  @Option(names = "--warmup", paramLabel = "N", description = "Untimed calls before (default: 3).")
  private int warmup = 3;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads of each side (default: one a processor).")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--interpreter",
      paramLabel = "PYTHON",
      description = "A Python that has torch (default: python3).")
  private String interpreter = "python3";

  @Option(names = "--json", paramLabel = "FILE", description = "Write everything to a file.")
  private Path json;

  private final PrintStream out = System.out;

  private PythonMain() {}

  /** Runs the comparison and exits. The first argument is the folder of peer.py. */
  public static void main(String[] args) {
    CommandLine line = new CommandLine(new PythonMain());
    line.registerConverter(Part.class, Part::named);
    System.setProperty("hgn.peer.folder", args[0]);
    System.exit(line.execute(Arrays.copyOfRange(args, 1, args.length)));
  }

  @Override
  public Integer call() throws IOException {
    require("--batch", batch, 1);
    require("--iterations", iterations, 1);
    require("--warmup", warmup, 0);
    require("--threads", threads, 1);
    System.setProperty(HostThreads.PROPERTY, Integer.toString(threads));
    Path program = Path.of(System.getProperty("hgn.peer.folder"), "peer.py");
    Path folder = Files.createTempDirectory("hgn4j-peer");
    try (Python python = Python.start(interpreter, program)) {
      String version = python.ask("threads", threads).path("version").asText();
      Backend backend = Backends.get("cpu");
      Path work = folder.resolve("work.safetensors");
      try (Hgn model = Setting.model(backend);
          BenchWork here = new BenchWork(model, batch, Setting.FRAMES_OUT)) {
        PythonPeer.write(model, here.batch(), work);
      }
      String variant = fastest(python, program, work);
      python.ask("use", variant, work.toString());
      Report report =
          new Report("PyTorch", version + ", " + variant, backend, batch, warmup, iterations);
      out.println(report.head());
      report.warning().ifPresent(out::println);
      if (!agree(backend, report, python, folder)) {
        return 1;
      }
      time(backend, report, python);
      if (json != null) {
        Files.writeString(json, report.json());
        out.println("written to " + json);
      }
      return 0;
    } catch (IOException | IllegalStateException failure) {
      System.err.println(
          "PyTorch does not run: "
              + failure.getMessage()
              + "; name a Python that has torch by --interpreter");
      return 1;
    } finally {
      delete(folder);
    }
  }

  private void require(String option, int value, int least) {
    if (value < least) {
      throw new ParameterException(
          spec.commandLine(), option + " must be at least " + least + ", got " + value);
    }
  }

  /** Tries each way to write the step, in processes of their own, which it may end; the fastest. */
  private String fastest(Python python, Path program, Path work) throws IOException {
    String best = null;
    double least = Double.POSITIVE_INFINITY;
    for (String variant : python.list("variants")) {
      double seconds = Double.POSITIVE_INFINITY;
      try (Python trying = Python.start(interpreter, program)) {
        trying.ask("threads", threads);
        trying.ask("use", variant, work.toString());
        for (int trial = 0; trial < TRIALS; trial++) {
          seconds = Math.min(seconds, seconds(trying, Part.STEP));
        }
        out.printf(Locale.ROOT, "a step of PyTorch, %s: %.3f s%n", variant, seconds);
      } catch (IllegalStateException failure) {
        out.printf("a step of PyTorch, %s: %s%n", variant, failure.getMessage());
      }
      if (seconds < least) {
        least = seconds;
        best = variant;
      }
    }
    if (best == null) {
      throw new IllegalStateException("no way to write the step runs");
    }
    return best;
  }

  private static double seconds(Python python, Part part) {
    return python.ask("time", part.toString()).path("seconds").asDouble();
  }

  private boolean agree(Backend backend, Report report, Python python, Path folder) {
    try (Hgn model = Setting.model(backend);
        BenchWork work = new BenchWork(model, Agreement.ROLLOUTS, Setting.FRAMES_OUT)) {
      PythonPeer peer = new PythonPeer(python, folder, model, work.batch());
      Agreement agreement = Agreement.of(model, work.batch(), peer);
      report.enter(agreement);
      if (agreement.holds()) {
        out.println("the same work: " + agreement.words());
      } else {
        System.err.println("nothing timed, not the same work: " + agreement.words());
      }
      return agreement.holds();
    }
  }

  private void time(Backend backend, Report report, Python python) {
    out.println(report.columns());
    try (Hgn model = Setting.model(backend);
        BenchWork here = new BenchWork(model, batch, Setting.FRAMES_OUT)) {
      for (Part part : parts) {
        Runnable ours = BenchWork.awaited(part.of(here), backend);
        Turns turns = Turns.take(ours, () -> seconds(python, part), warmup, iterations);
        report.enter(part, turns);
        out.println(Report.row(part, turns));
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
