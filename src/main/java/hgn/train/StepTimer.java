package hgn.train;

import hgn.ranks.Ranks;

/** Times the steps of a training without keeping what they change. */
public final class StepTimer {
  private StepTimer() {}

  /**
   * Mean seconds of a step as at the end of the training, where the whole window is decoded. The
   * experiment's parameters are changed.
   *
   * @param warmup untimed steps before
   * @param timed timed steps
   */
  public static double seconds(Experiment experiment, int warmup, int timed) {
    long last = Math.max(0, experiment.config().totalSteps() - 1);
    try (StepSequence steps = experiment.training(last, GradientWatch.NONE, Ranks.alone())) {
      for (int i = 0; i < warmup; i++) {
        steps.run(last, false);
      }
      steps.ask().losses();
      long started = System.nanoTime();
      for (int i = 0; i < timed; i++) {
        steps.run(last, false);
      }
      steps.ask().losses();
      return (System.nanoTime() - started) * 1e-9 / timed;
    }
  }
}
