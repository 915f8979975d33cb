package hgn.sweep;

import hgn.config.Config;
import hgn.doctor.Machine;
import hgn.train.Experiment;
import hgn.train.StepTimer;
import java.util.Comparator;
import java.util.List;

/**
 * What a task takes, measured by some of its steps on this machine.
 *
 * @param seconds of a whole training, with evaluations and a margin
 * @param bytes resident memory, with a margin
 */
public record TaskCost(double seconds, long bytes) {
  private static final int WARMUP = 3;
  private static final int TIMED = 5;

  /** For evaluations, checkpoints, the final measures, and a busier or slower machine. */
  private static final double MARGIN = 2;

  /** Starting and the final measures take some minutes, however short the training. */
  private static final double LEAST_SECONDS = 300;

  private static final double MEMORY_MARGIN = 1.5;
  private static final long LEAST_BYTES = 1L << 30;

  /**
   * Measures the training with the most steps; others are taken to cost no more.
   *
   * @param configurations of all tasks
   */
  public static TaskCost of(List<Config> configurations) {
    Config longest =
        configurations.stream().max(Comparator.comparingLong(Config::totalSteps)).orElseThrow();
    double step;
    try (Experiment experiment = new Experiment(longest)) {
      step = StepTimer.seconds(experiment, WARMUP, TIMED);
    }
    return new TaskCost(
        LEAST_SECONDS + MARGIN * step * longest.totalSteps(),
        Math.max(LEAST_BYTES, (long) (MEMORY_MARGIN * Machine.peakBytes())));
  }
}
