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
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Computes what the best possible predictor scores, which no model can beat. */
@Command(
    name = "floor",
    header = "Compute what the best possible predictor scores.",
    description =
        "Errors that no model can beat, each with its 95 %% interval: the noise on the frames; the"
            + " best prediction of --frames-out frames by one who knows the physics and sees"
            + " --frames-in noisy frames, found by drawing the motions that these leave possible;"
            + " and films that do not move. Test films of the seed, as 'evaluate' has them.")
public final class Floor implements Callable<Integer> {
  private static final String ALL = "all";
  private static final int MOST_FRAMES = 1000;

  @Spec private CommandSpec spec;
  @Mixin private FilmArguments filmed;

  @Option(
      names = "--frames-in",
      paramLabel = "N|all",
      description =
          "Frames that are seen, the last being the first to give back; or all that are to be given"
              + " back (default: ${DEFAULT-VALUE}).")
  private String framesIn = "5";

  @Option(
      names = "--frames-out",
      paramLabel = "N",
      description = "Frames to give back (default: ${DEFAULT-VALUE}).")
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
          "Motions that stand for the possible ones of each film; more where they turn out to be too"
              + " few (default: ${DEFAULT-VALUE}).")
  private int particles = 800;

  @Option(names = "--json", description = "Print the numbers as one line of JSON.")
  private boolean json;

  Floor() {}

  @Override
  public Integer call() {
    OptionRange limits = new OptionRange(spec);
    limits.require("--frames-out", framesOut, 1, MOST_FRAMES);
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
    if (!framesIn.matches("[1-9][0-9]{0,3}") || Integer.parseInt(framesIn) > MOST_FRAMES) {
      throw new ParameterException(
          spec.commandLine(),
          "--frames-in "
              + framesIn
              + " is neither a number from 1 to "
              + MOST_FRAMES
              + " nor '"
              + ALL
              + "'");
    }
    return Clip.fromLast(Integer.parseInt(framesIn), framesOut);
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
