package hgn.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hgn.cli.console.Format;
import hgn.cli.console.Invocation;
import hgn.cli.console.ProgressBar;
import hgn.config.Config;
import hgn.doctor.Machine;
import hgn.doctor.Version;
import hgn.predict.Estimate;
import hgn.run.RunFolder;
import hgn.tensor.Backend;
import hgn.text.Bytes;
import hgn.train.Experiment;
import hgn.train.Trainer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The results of a run as {@code summary.json} and as text.
 *
 * @param test test error of the parameters with the lowest validation error
 * @param still error of the static baseline on the same rollouts
 * @param seconds duration of the whole call up to here, without the pictures
 */
record TrainingSummary(
    Experiment experiment, Trainer.Result result, Estimate test, Estimate still, double seconds) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Measurements of the training itself; a call without steps keeps the earlier ones. */
  private static final String[] OF_TRAINING = {
    "first_step", "seconds", "total_seconds", "rollouts_per_second", "peak_bytes"
  };

  /** Writes {@code summary.json}. */
  void write(RunFolder folder) {
    ObjectNode tree = tree();
    if (result.first() == result.steps()) {
      keep(tree, folder);
    }
    folder.write(folder.summary(), tree.toPrettyString() + "\n");
  }

  private ObjectNode tree() {
    Config config = experiment.config();
    Backend backend = experiment.model().parameters().backend();
    ObjectNode tree = JSON.createObjectNode();
    if (config.data().isRecorded()) {
      tree.put("films", config.data().films());
    } else {
      tree.put("system", config.data().filmed().name());
      tree.put("renderer", config.data().renderer());
    }
    tree.put("preset", config.model().preset());
    tree.put("variant", experiment.model().parameters().owner());
    tree.put("integrator", config.model().integrator());
    tree.put("parameters", experiment.model().parameters().count());
    tree.put("test_mse", test.mean());
    if (test.hasInterval()) {
      tree.put("test_mse_interval", test.interval());
    }
    tree.put("test_rollouts", test.rollouts());
    if (Double.isFinite(result.bestMse())) {
      tree.put("validation_mse", result.bestMse());
      tree.put("best_step", result.bestStep());
    }
    tree.put("static_image_mse", still.mean());
    tree.put("steps", result.steps());
    tree.put("first_step", result.first());
    tree.put("seconds", result.seconds());
    tree.put("total_seconds", seconds);
    tree.put("rollouts_per_second", rolloutsPerSecond());
    tree.put("backend", backend.name());
    tree.put("threads", backend.threads());
    tree.put("peak_bytes", Machine.peakBytes());
    tree.put("version", Version.number());
    return tree;
  }

  private double rolloutsPerSecond() {
    long steps = result.steps() - result.first();
    return steps * experiment.config().train().batch() / result.seconds();
  }

  /** Copies the measurements of an earlier summary, if it is readable. */
  private static void keep(ObjectNode tree, RunFolder folder) {
    try {
      if (Files.exists(folder.summary())
          && JSON.readTree(Files.readString(folder.summary())) instanceof ObjectNode before) {
        for (String key : OF_TRAINING) {
          if (before.has(key)) {
            tree.set(key, before.get(key));
          }
        }
      }
    } catch (JsonProcessingException damaged) {
      // It is about to be replaced.
    } catch (IOException unreadable) {
      // Reported on writing.
    }
  }

  /** Prints the results and the files written, among them the {@code pictures}. */
  void print(PrintWriter out, RunFolder folder, List<Path> pictures) {
    Config config = experiment.config();
    long made = result.steps() - result.first();
    String pace =
        made == 0
            ? ""
            : " in "
                + ProgressBar.duration(Math.round(seconds))
                + " ("
                + Format.rounded(rolloutsPerSecond())
                + " rollouts/s, peak memory "
                + Bytes.format(Machine.peakBytes())
                + ")";
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put("trained", result.steps() + " steps of " + config.train().batch() + pace);
    lines.put("test MSE", Format.mse(test) + " per pixel, " + test.rollouts() + " rollouts");
    lines.put("compare", "a static image has " + Format.mse(still.mean()) + best());
    name(lines, "pictures", pictures, folder.filmstrip(), folder.lossPlot());
    name(lines, "films", pictures, folder.gif("forward"), folder.gif("backward"));
    lines.put("numbers", folder.summary() + ", " + folder.metrics().getFileName());
    lines.put("try", Invocation.of("rollout", folder.toString(), "--reverse"));
    out.println();
    lines.forEach((name, text) -> out.println(name + " ".repeat(10 - name.length()) + text));
    out.flush();
  }

  /** Adds a line of those of the files that there are: the first with its folder. */
  private static void name(
      Map<String, String> lines, String label, List<Path> written, Path... files) {
    List<Path> there = Stream.of(files).filter(written::contains).toList();
    if (!there.isEmpty()) {
      String rest =
          there.stream()
              .skip(1)
              .map(file -> ", " + file.getFileName())
              .collect(Collectors.joining());
      lines.put(label, there.get(0) + rest);
    }
  }

  private String best() {
    return Double.isFinite(result.bestMse())
        ? "; chosen at step "
            + result.bestStep()
            + " by "
            + Format.mse(result.bestMse())
            + " on validation rollouts"
        : "";
  }
}
