package hgn.peer;

import hgn.bench.BenchWork;
import hgn.data.Batch;
import hgn.model.Hgn;
import hgn.tensor.Backend;
import hgn.tensor.Backends;
import hgn.tensor.HostThreads;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.global.torch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * The entry point of {@code libtorch-peer.jar}. Exit codes: 0 done, 1 the sides do not compute the
 * same or libtorch is missing, 2 wrong usage.
 */
@Command(
    name = "benchmarks/peer/run",
    mixinStandardHelpOptions = true,
    description = {
      "Times hgn4j and libtorch in turn, in one process, on the published preset:",
      "  step          a whole training step",
      "  rollout       29 leapfrog steps, nothing recorded",
      "  rollout-grad  the same, and back to weights, q and p",
      "  encoder       frames to z, forward and backward",
      "  decoder       states to frames, forward and backward",
      "Before that both take training steps from the same start, which must agree."
    })
public final class Main implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "PART", description = "What to time (default: all of the above).")
  private List<Part> parts = List.of(Part.values());

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Rollouts in a batch (default: ${DEFAULT-VALUE}).")
  private int batch = 16;

  @Option(
      names = "--iterations",
      paramLabel = "N",
      description = "Timed calls of each side (default: ${DEFAULT-VALUE}).")
  private int iterations = 10;

  @Option(
      names = "--warmup",
      paramLabel = "N",
      description = "Untimed calls of each side before (default: ${DEFAULT-VALUE}).")
  private int warmup = 3;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads of each side (default: one a processor).")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(names = "--json", paramLabel = "FILE", description = "Write everything to a file.")
  private Path json;

  private final PrintStream out = System.out;

  private Main() {}

  /** Runs the comparison and exits. */
  public static void main(String[] args) {
    // JavaCPP would take libtorch's memory for that of leaking Java objects, and refuse more
    System.setProperty("org.bytedeco.javacpp.maxPhysicalBytes", "0");
    CommandLine line = new CommandLine(new Main());
    line.registerConverter(Part.class, Part::named);
    System.exit(line.execute(args));
  }

  @Override
  public Integer call() throws IOException {
    require("--batch", batch, 1);
    require("--iterations", iterations, 1);
    require("--warmup", warmup, 0);
    require("--threads", threads, 1);
    System.setProperty(HostThreads.PROPERTY, Integer.toString(threads));
    try {
      torch.set_num_threads(threads);
    } catch (LinkageError missing) {
      System.err.println(
          "libtorch could not be loaded: "
              + missing.getMessage()
              + "; start by benchmarks/peer/run, after mvn -P libtorch-peer package");
      return 1;
    }
    Backend backend = Backends.get("cpu");
    String words = Versions.libtorch() + " (" + Versions.oneDnn() + ")";
    Report report = new Report("libtorch", words, backend, batch, warmup, iterations);
    out.println(report.head());
    report.warning().ifPresent(out::println);
    if (!agree(backend, report)) {
      return 1;
    }
    time(backend, report);
    if (json != null) {
      Files.writeString(json, report.json());
      out.println("written to " + json);
    }
    return 0;
  }

  private void require(String option, int value, int least) {
    if (value < least) {
      throw new ParameterException(
          spec.commandLine(), option + " must be at least " + least + ", got " + value);
    }
  }

  private boolean agree(Backend backend, Report report) {
    try (PointerScope scope = new PointerScope();
        Hgn model = Setting.model(backend);
        BenchWork work = new BenchWork(model, Agreement.ROLLOUTS, Setting.FRAMES_OUT)) {
      Batch data = work.batch();
      Agreement agreement = Agreement.of(model, data, new TorchPeer(model, data));
      report.enter(agreement);
      if (agreement.holds()) {
        out.println("the same work: " + agreement.words());
      } else {
        System.err.println("nothing timed, not the same work: " + agreement.words());
      }
      return agreement.holds();
    }
  }

  private void time(Backend backend, Report report) {
    out.println(report.columns());
    try (PointerScope scope = new PointerScope();
        Hgn model = Setting.model(backend);
        BenchWork here = new BenchWork(model, batch, Setting.FRAMES_OUT)) {
      Batch data = here.batch();
      TorchWork there = new TorchWork(new TorchHgn(model), data);
      for (Part part : parts) {
        Runnable ours = BenchWork.awaited(part.of(here), backend);
        Turns turns = Turns.take(ours, there.of(part), warmup, iterations);
        report.enter(part, turns);
        out.println(Report.row(part, turns));
      }
    }
  }
}
