package hgn.train;

import hgn.config.Config;
import hgn.config.TrainConfig;

/**
 * The learning rate as a function of the step alone:
 *
 * <pre>
 * warm-up, s &lt; w: rate (s + 1) / w
 * constant:        rate
 * cosine:          rate (f + (1 - f) (1 + cos(pi (s - w) / (n - w))) / 2), from rate at s = w to f rate at s = n
 * </pre>
 *
 * (Loshchilov and Hutter 2017, without restarts.)
 *
 * @param rate the peak rate
 * @param warmup w, number of warm-up steps
 * @param steps n, steps of the whole training; 0 for a constant rate
 * @param finalShare f
 */
public record LearningRateSchedule(double rate, long warmup, long steps, double finalShare) {
  /** A constant rate. */
  public static LearningRateSchedule constant(double rate) {
    return new LearningRateSchedule(rate, 0, 0, 1);
  }

  /** That of a configuration. */
  static LearningRateSchedule of(Config config) {
    TrainConfig train = config.train();
    boolean falls = train.schedule().equals(TrainConfig.COSINE);
    return new LearningRateSchedule(
        train.learningRate(), train.warmup(), falls ? config.totalSteps() : 0, train.finalShare());
  }

  /** The rate of step {@code step}, counted from 0. */
  public double at(long step) {
    if (step < warmup) {
      return rate * (step + 1) / warmup;
    }
    if (steps == 0) {
      return rate;
    }
    double done = Math.min(1, (step - warmup) / (double) (steps - warmup));
    return rate * (finalShare + (1 - finalShare) * (1 + Math.cos(Math.PI * done)) / 2);
  }
}
