package hgn.cli;

import hgn.cli.console.ProgressBar;
import hgn.cli.options.FilmArguments;
import hgn.cli.options.OptionRange;
import hgn.floor.Clip;
import hgn.floor.FloorMeasurement;
import hgn.floor.FloorReport;
import hgn.floor.FloorSettings;
import hgn.frames.RolloutGenerator;
import hgn.frames.Split;
import hgn.tensor.HostThreads;
import hgn.text.Decimal;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Computes the error of the best possible predictor, a lower bound for all models. */
@Command(
    name = "floor",
    header = "Compute the error of the best possible predictor.",
    description =
        "Reference errors with 95 %% intervals: the noise on the frames; the best prediction of"
            + " --frames-out frames with known physics from --frames-in noisy frames, computed by"
            + " sampling motions from the posterior; and static films. Uses the same test films of"
            + " the seed as 'evaluate'.")
public final class Floor implements Callable<Integer> {
  private static final String ALL = "all";
  private static final int MAX_FRAMES = 1000;

  @Spec private CommandSpec spec;
  @Mixin private FilmArguments filmed;

  @Option(
      names = "--frames-in",
      paramLabel = "N|all",
      description =
          "Frames seen, the last of which is the first to predict; or all: the predicted frames"
              + " (default: ${DEFAULT-VALUE}).")
  private String framesIn = "5";

  @Option(
      names = "--frames-out",
      paramLabel = "N",
      description = "Frames to predict (default: ${DEFAULT-VALUE}).")
  private int framesOut = 30;

  @Option(
      names = "--films",
      paramLabel = "N",
      description = "Test films (default: ${DEFAULT-VALUE}).")
  private int films = 100;

  @Option(
      names = "--particles",
      paramLabel = "N",
      description =
          "Sampled motions per film; raised automatically if they are too few (default:"
              + " ${DEFAULT-VALUE}).")
  private int particles = 800;

  @Option(names = "--json", description = "Print the numbers as one line of JSON.")
  private boolean json;

  Floor() {}

  @Override
  public Integer call() {
    OptionRange limits = new OptionRange(spec);
    limits.require("--frames-out", framesOut, 1, MAX_FRAMES);
    limits.require("--films", films, 1, 1_000_000);
    limits.require("--particles", particles, FloorSettings.LEAST_PARTICLES, 1_000_000);
    Clip clip = clip();
    RolloutGenerator rollouts = filmed.rollouts(limits, clip.rolloutFrames(), Split.TEST);
    FloorSettings settings =
        new FloorSettings(rollouts, clip, rollouts.noise(), films, particles, filmed.seed());
    FloorTable table = new FloorTable(settings, measure(settings));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(table.json());
    } else {
      table.lines().forEach(out::println);
    }
    return 0;
  }

  private Clip clip() {
    if (framesIn.equals(ALL)) {
      return Clip.all(framesOut);
    }
    int frames =
        Decimal.parseLong(framesIn)
            .filter(count -> count >= 1 && count <= MAX_FRAMES)
            .orElseThrow(
                () ->
                    new ParameterException(
                        spec.commandLine(),
                        "--frames-in "
                            + framesIn
                            + " is neither a number from 1 to "
                            + MAX_FRAMES
                            + " nor '"
                            + ALL
                            + "'"))
            .intValue();
    return Clip.fromLast(frames, framesOut);
  }

  private FloorReport measure(FloorSettings settings) {
    FloorMeasurement measurement = new FloorMeasurement(settings);
    int threads = HostThreads.configured();
    if (json) {
      return measurement.measure(threads, done -> {});
    }
    try (ProgressBar bar = ProgressBar.on(spec.commandLine().getOut(), 0, films, 1, "films")) {
      return measurement.measure(threads, done -> bar.update(done, "films"));
    }
  }
}
