package hgn.cli;

import hgn.cli.console.Failure;
import hgn.cli.console.Format;
import hgn.cli.options.EnumConverter;
import hgn.cli.options.FilmOutput;
import hgn.cli.options.OptionRange;
import hgn.cli.options.RunArguments;
import hgn.config.DataConfig;
import hgn.data.Batch;
import hgn.data.BatchMaker;
import hgn.frames.Rollouts;
import hgn.frames.Split;
import hgn.predict.LearntPaths;
import hgn.report.Comparison;
import hgn.train.LoadedRun;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Draws one rollout next to a trained model's prediction. */
@Command(
    name = "rollout",
    header = "Draw a rollout next to its prediction, forward or backward, at any speed.",
    description = "Both films start at the frame whose state the model infers.",
    footerHeading = "%nExample:%n",
    footer = "  hgn4j rollout runs/mass-spring-quick --index 3 --reverse --speed 0.5")
public final class Rollout implements Callable<Integer> {
  private static final int MAX_FRAMES = 5000;
  private static final double MAX_SPEED = 100;

  @Spec private CommandSpec spec;
  @Mixin private RunArguments arguments;

  @Option(
      names = "--index",
      paramLabel = "I",
      description = "Index of the rollout (default: ${DEFAULT-VALUE}).")
  private long index;

  @Option(
      names = "--split",
      converter = EnumConverter.Splits.class,
      paramLabel = "test|train",
      description = "Set of the rollout (default: ${DEFAULT-VALUE}).")
  private Split split = Split.TEST;

  @Option(
      names = "--frames",
      paramLabel = "N",
      description = "Length of the film (default: as many as in training).")
  private Integer frames;

  @Option(names = "--reverse", description = "Run time backward.")
  private boolean reverse;

  @Option(
      names = "--speed",
      paramLabel = "S",
      description = "Speed of time, 0.5 is slow motion (default: ${DEFAULT-VALUE}).")
  private double speed = 1;

  @Mixin private FilmOutput output;

  Rollout() {}

  @Override
  public Integer call() {
    OptionRange limits = new OptionRange(spec);
    limits.requirePositive("--speed", speed, MAX_SPEED);
    if (frames != null) {
      limits.require("--frames", frames, 1, MAX_FRAMES);
    }
    String stem = output.stem(limits);
    try (LoadedRun run = arguments.load()) {
      DataConfig data = run.experiment().config().data();
      int rollouts = split == Split.TEST ? data.testRollouts() : data.trainRollouts();
      limits.require("--index", index, 0, rollouts - 1L);
      film(run, stem == null ? run.folder().path().resolve(name()).toString() : stem);
    }
    return 0;
  }

  private String name() {
    return "rollout-"
        + split.toString()
        + "-"
        + index
        + (reverse ? "-reverse" : "")
        + (speed == 1 ? "" : "-speed" + speed);
  }

  private void film(LoadedRun run, String stem) {
    Rollouts rollouts = run.experiment().films(split);
    int length = frames == null ? run.experiment().window().framesOut() : frames;
    double step = (reverse ? -speed : speed) * rollouts.dt();
    LearntPaths paths = paths(run, rollouts, step, length);
    requireFinite(paths, length);
    Comparison films = Comparison.of(run.experiment(), rollouts, index, step, length);
    PrintWriter out = spec.commandLine().getOut();
    out.println("model  " + run.describe());
    out.println(
        films.error().isPresent()
            ? "MSE    " + Format.mse(films.error().getAsDouble()) + " over " + length + " frames"
            : "MSE    unknown: the film does not show this motion; only the prediction is drawn");
    output.write(
        stem,
        new FilmOutput.Showing(
            films.pair(),
            films.rows(),
            films.pair(),
            paths,
            films.start(),
            step,
            rollouts.dt(),
            films.scaled(6)),
        out);
  }

  private void requireFinite(LearntPaths paths, int length) {
    int finite = paths.finiteStates();
    if (finite == 0) {
      throw new Failure("the state that the encoder infers is not finite; take another checkpoint");
    }
    if (finite < length) {
      throw new Failure(
          "the learnt motion leaves all bounds after "
              + finite
              + " of "
              + length
              + " frames; give --frames "
              + finite
              + " or less"
              + (speed > 1 ? ", or a lower --speed" : ""));
    }
  }

  /** The predicted motion, that of the film. */
  private LearntPaths paths(LoadedRun run, Rollouts rollouts, double step, int length) {
    Batch clip = BatchMaker.ofFrames(rollouts, run.experiment().window()).make(new long[] {index});
    return run.predictor().motions(clip, length, step, index);
  }
}
