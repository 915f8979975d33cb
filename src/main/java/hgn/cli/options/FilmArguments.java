package hgn.cli.options;

import hgn.frames.Renderers;
import hgn.frames.RolloutGenerator;
import hgn.frames.Split;
import hgn.physics.Systems;
import picocli.CommandLine.Option;

/** Options of commands that generate films of a physical system. */
public final class FilmArguments {
  private static final int MIN_SIZE = 8;
  private static final int MAX_SIZE = 4096;
  private static final int COLOURS = 3;
  private static final double MAX_STEP = 100;
  private static final double MAX_NOISE = 100;

  @Option(
      names = "--system",
      required = true,
      paramLabel = "NAME",
      description =
          "mass-spring, pendulum, two-body, three-body, double-pendulum, damped-spring, or"
              + " your own class.")
  private String system;

  @Option(
      names = "--as-printed",
      description = "Use the Hamiltonian as printed in the paper, misprints included.")
  private boolean asPrinted;

  @Option(
      names = "--renderer",
      paramLabel = "NAME",
      description = "published, table1 or smooth (default: ${DEFAULT-VALUE}).")
  private String renderer = "published";

  @Option(
      names = "--size",
      paramLabel = "PIXELS",
      description = "Height and width of a frame (default: ${DEFAULT-VALUE}).")
  private int size = 32;

  @Option(
      names = "--noise",
      paramLabel = "SIGMA",
      description = "Standard deviation of the noise on states (default: the system's).")
  private Double noise;

  @Option(
      names = "--dt",
      paramLabel = "SECONDS",
      description = "Time between frames (default: ${DEFAULT-VALUE}).")
  private double dt = 0.125;

  @Option(names = "--seed", paramLabel = "S", description = "Seed (default: ${DEFAULT-VALUE}).")
  private long seed;

  /**
   * Creates the requested rollouts.
   *
   * @param limits range checks of the command's options
   * @param frames frames per rollout
   */
  public RolloutGenerator rollouts(OptionRange limits, int frames, Split split) {
    limits.requirePositive("--dt", dt, MAX_STEP);
    limits.require("--size", size, MIN_SIZE, largestSize(frames));
    if (noise != null) {
      limits.requireNotNegative("--noise", noise, MAX_NOISE);
    }
    RolloutGenerator rollouts =
        new RolloutGenerator(
            Systems.byName(system, asPrinted),
            Renderers.byName(renderer, size),
            frames,
            dt,
            seed,
            split);
    return noise == null ? rollouts : rollouts.withNoise(noise);
  }

  /** The largest size at which a film of this many frames can be held in an array. */
  private static int largestSize(int frames) {
    double pixels = (double) Integer.MAX_VALUE / ((double) frames * COLOURS);
    return (int) Math.min(MAX_SIZE, Math.floor(Math.sqrt(pixels)));
  }

  /** Seed of initial states and noise. */
  public long seed() {
    return seed;
  }
}
