package hgn.cli.nhf;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hgn.cli.options.OptionRange;
import hgn.cli.options.OutputFolder;
import hgn.doctor.SelfTest;
import hgn.files.AtomicFile;
import hgn.files.JsonNumbers;
import hgn.files.StorageException;
import hgn.report.NhfReport;
import hgn.tensor.Backends;
import hgn.tensor.DType;
import hgn.train.nhf.NhfCheckpoint;
import hgn.train.nhf.NhfEvaluator;
import hgn.train.nhf.NhfExactness;
import hgn.train.nhf.NhfExperiment;
import hgn.train.nhf.NhfScore;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures a trained flow on held-out points. */
@Command(
    name = "evaluate",
    header = "Measure a trained flow on held-out points, and draw it.",
    description =
        "Negative log-likelihood (importance weighted), the density's entropy, the ELBO, and the"
            + " errors of inversion and volume preservation. Results are printed and written to"
            + " evaluation.json in RUN or --out, with pictures.")
public final class NhfEvaluate implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST = 1_000_000;
  private static final int CELLS = 300;
  private static final int EXACT_POINTS = 32;

  @Spec private CommandSpec spec;
  @Mixin private LoadedNhf.Arguments arguments;

  @Option(
      names = "--points",
      paramLabel = "N",
      description = "Held-out points (default: ${DEFAULT-VALUE}).")
  private int points = 2000;

  @Option(
      names = "--draws",
      paramLabel = "K",
      description = "Momentum samples per point (default: ${DEFAULT-VALUE}).")
  private int draws = 128;

  @Option(names = "--json", description = "Print the numbers as one line of JSON.")
  private boolean json;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder for evaluation.json and the pictures (default: RUN).")
  private Path out;

  NhfEvaluate() {}

  @Override
  public Integer call() {
    OptionRange limits = new OptionRange(spec);
    limits.require("--points", points, 2, MOST);
    limits.require("--draws", draws, 1, MOST / 10);
    try (LoadedNhf run = arguments.load()) {
      Path place = out == null ? run.folder().path() : OutputFolder.make(out);
      NhfScore score = new NhfEvaluator(run.experiment(), points, draws).score();
      double entropy = run.experiment().density().entropy(CELLS);
      NhfExactness exactness = exactness(run);
      ObjectNode tree = tree(run, score, entropy, exactness);
      if (json) {
        spec.commandLine().getOut().println(tree);
      } else {
        print(run, score, entropy, exactness);
      }
      try {
        write(run, place, tree);
      } catch (StorageException unwritable) {
        throw OutputFolder.onlyPrinted(unwritable);
      }
      return 0;
    }
  }

  private void write(LoadedNhf run, Path place, ObjectNode tree) {
    AtomicFile.write(
        place.resolve(run.folder().evaluation().getFileName()), tree.toPrettyString() + "\n");
    if (!json) {
      for (Path file : new NhfReport(run.experiment(), run.folder()).write(place)) {
        spec.commandLine().getOut().println("written to " + file);
      }
    }
  }

  private void print(LoadedNhf run, NhfScore score, double entropy, NhfExactness exactness) {
    spec.commandLine().getOut().println(run.describe() + ", in nats:");
    print("entropy of the density", "%.4f", entropy);
    print("the density's own NLL on the " + points + " points", "%.4f", score.entropy());
    print("the flow's NLL, " + draws + " draws", "%.4f", score.nll());
    print("  above the density's", "%.4f +- " + format(score.interval()), score.excess());
    print("-ELBO", "%.4f", -score.elbo());
    print("error of the inverse (float64)", "%.1e", exactness.inversion());
    print("|log-determinant| (float64)", "%.1e", exactness.logDeterminant());
  }

  private static String format(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  private void print(String label, String format, double value) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(String.format(Locale.ROOT, "  %-46s " + format, label, value));
    out.flush();
  }

  /** Measured in float64, where an error of the construction would exceed rounding errors. */
  private static NhfExactness exactness(LoadedNhf run) {
    try (NhfExperiment exact =
        new NhfExperiment(
            run.experiment().config(), Backends.get(SelfTest.REFERENCE), DType.FLOAT64)) {
      NhfCheckpoint.readModel(run.folder().lastCheckpoint(), exact.model().parameters());
      return NhfExactness.of(exact.model(), EXACT_POINTS, exact.config().train().seed());
    }
  }

  private static ObjectNode tree(
      LoadedNhf run, NhfScore score, double entropy, NhfExactness exactness) {
    ObjectNode tree = JSON.createObjectNode();
    tree.put("checkpoint", run.folder().lastCheckpoint().toString()).put("step", run.steps());
    tree.put("points", score.points()).put("draws", score.draws());
    JsonNumbers.put(tree, "entropy", entropy);
    JsonNumbers.put(tree, "density_nll", score.entropy());
    JsonNumbers.put(tree, "nll", score.nll());
    JsonNumbers.put(tree, "excess", score.excess());
    JsonNumbers.put(tree, "excess_interval", score.interval());
    JsonNumbers.put(tree, "elbo", score.elbo());
    JsonNumbers.put(tree, "inversion_error", exactness.inversion());
    JsonNumbers.put(tree, "log_determinant", exactness.logDeterminant());
    return tree;
  }
}
