package hgn.reproduce.sections;

import hgn.frames.RolloutGenerator;
import hgn.frames.Split;
import hgn.predict.Evaluator;
import hgn.predict.LearntPaths;
import hgn.train.Experiment;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.hipparchus.stat.StatUtils;

/** Prediction quality as a function of time, averaged over some test rollouts. */
final class ErrorOverTime {
  private static final int ROLLOUTS = 32;

  private final Experiment experiment;
  private final RolloutGenerator rollouts;
  private final Evaluator test;

  ErrorOverTime(Experiment experiment) {
    this.experiment = experiment;
    rollouts = experiment.rollouts(Split.TEST);
    test = new Evaluator(rollouts, experiment.window(), ROLLOUTS);
  }

  /** 0, 1, ..., count - 1. */
  static double[] frames(int count) {
    return IntStream.range(0, count).asDoubleStream().toArray();
  }

  /**
   * |H(t) - H(0)| of the learnt energy at each frame, divided by the standard deviation of H(0)
   * between rollouts.
   */
  double[] strayed(int frames) {
    LearntPaths motions =
        experiment.predictor().motions(test.batch(ROLLOUTS), frames, rollouts.dt(), 0);
    double[][] energies = motions.energies().orElseThrow();
    double[] initial = Arrays.stream(energies).mapToDouble(h -> h[0]).toArray();
    double among = Math.sqrt(StatUtils.populationVariance(initial));
    double[] strayed = new double[frames];
    for (double[] h : energies) {
      for (int t = 0; t < frames; t++) {
        strayed[t] += Math.abs(h[t] - h[0]) / among / ROLLOUTS;
      }
    }
    return strayed;
  }

  /** Mean squared error per pixel at each frame; {@code pace} -1 runs backward. */
  double[] errors(int frames, double pace) {
    double[] errors = new double[frames];
    test.ofFilms(
        experiment.predictor(),
        ROLLOUTS,
        pace * rollouts.dt(),
        frames,
        (film, truth) -> {
          int pixels = film.length / frames;
          for (int i = 0; i < film.length; i++) {
            double difference = film[i] - truth[i];
            errors[i / pixels] += difference * difference / pixels / ROLLOUTS;
          }
          return 0;
        });
    return errors;
  }
}
