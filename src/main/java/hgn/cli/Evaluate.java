package hgn.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hgn.frames.Split;
import hgn.train.Evaluator;
import hgn.train.Experiment;
import hgn.train.Predictor;
import hgn.train.Score;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures a trained model on rollouts, also where it was not trained. */
@Command(
    name = "evaluate",
    header = "Measure a trained model, also where it was not trained.",
    description =
        "Mean squared error of a pixel with its 95 %% interval: forward, backward, at half and"
            + " double speed, and beyond the frames it was trained on. The numbers are printed"
            + " and written to RUN/evaluation.json.")
public final class Evaluate implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Spec private CommandSpec spec;
  @Mixin private RunArguments arguments;

  @Option(
      names = "--rollouts",
      paramLabel = "N",
      description = "Rollouts of each set (default: train.evaluate-rollouts of the run).")
  private Integer rollouts;

  @Option(names = "--json", description = "Print the numbers as one line of JSON.")
  private boolean json;

  private record Row(String key, String label, Supplier<Score> measure) {}

  Evaluate() {}

  /** Runs this command alone. */
  public static void main(String[] args) {
    Main.start("evaluate", args);
  }

  @Override
  public Integer call() {
    try (LoadedRun run = arguments.load()) {
      Experiment experiment = run.experiment();
      int count = rollouts == null ? experiment.config().train().evaluateRollouts() : rollouts;
      int most =
          Math.min(
              experiment.config().data().testRollouts(),
              experiment.config().data().trainRollouts());
      new Limits(spec).require("--rollouts", count, 1, most);

      PrintWriter out = spec.commandLine().getOut();
      ObjectNode tree = JSON.createObjectNode();
      tree.put("checkpoint", run.checkpoint().toString()).put("step", run.steps());
      tree.put("rollouts", count);
      say(run.describe() + ", " + count + " rollouts, MSE of a pixel:");
      for (Row row : rows(run, count)) {
        Score score = row.measure().get();
        tree.put(row.key(), score.mean()).put(row.key() + "_interval", score.interval());
        say(String.format("  %-36s %s", row.label(), Figures.mse(score)));
      }
      run.folder().write(run.folder().evaluation(), tree.toPrettyString() + "\n");
      if (json) {
        out.println(tree);
      } else {
        out.println("written to " + run.folder().evaluation());
      }
      return 0;
    }
  }

  private void say(String line) {
    if (!json) {
      PrintWriter out = spec.commandLine().getOut();
      out.println(line);
      out.flush();
    }
  }

  private static List<Row> rows(LoadedRun run, int count) {
    Evaluator test = evaluator(run.experiment(), Split.TEST);
    Evaluator train = evaluator(run.experiment(), Split.TRAIN);
    Predictor predictor = run.predictor();
    double dt = run.experiment().config().data().dt();
    int frames = run.experiment().window().framesOut();
    List<Row> rows = new ArrayList<>();
    rows.add(new Row("test_mse", "test", () -> test.reconstruction(predictor, count)));
    rows.add(new Row("train_mse", "training", () -> train.reconstruction(predictor, count)));
    rows.add(
        new Row(
            "backward_mse", "test, backward", () -> test.motion(predictor, count, -dt, 0, frames)));
    rows.add(
        new Row(
            "half_speed_mse",
            "test, half speed",
            () -> test.motion(predictor, count, dt / 2, 0, frames)));
    rows.add(
        new Row(
            "double_speed_mse",
            "test, double speed",
            () -> test.motion(predictor, count, 2 * dt, 0, frames)));
    rows.add(
        new Row(
            "beyond_horizon_mse",
            "test, beyond training (frames " + (frames + 1) + "-" + 2 * frames + ")",
            () -> test.motion(predictor, count, dt, frames, 2 * frames)));
    rows.add(
        new Row(
            "static_image_mse", "for comparison: a static image", () -> test.staticImage(count)));
    return rows;
  }

  private static Evaluator evaluator(Experiment experiment, Split split) {
    return new Evaluator(
        experiment.rollouts(split), experiment.window(), experiment.config().train().batch());
  }
}
