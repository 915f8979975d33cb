package hgn.reproduce.sections;

import hgn.reproduce.Outcome;
import hgn.reproduce.Training;
import hgn.run.EvaluationTimes;
import hgn.run.RunFolder;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;

/** Training times in seconds. */
final class Durations {
  private Durations() {}

  /** Time of whole trainings, mean over seeds. */
  static String ofTraining(Results results, List<Training> trainings) {
    return text(results, trainings, folder -> EvaluationTimes.total(folder.times()));
  }

  /**
   * Time until the validation error was first at most this, mean over seeds; a dash if one never
   * reached it.
   */
  static String until(double error, Results results, List<Training> trainings) {
    return text(results, trainings, folder -> EvaluationTimes.until(error, folder.times()));
  }

  private static String text(
      Results results, List<Training> trainings, Function<RunFolder, OptionalDouble> seconds) {
    double[] found =
        trainings.stream()
            .map(results::of)
            .filter(Outcome::succeeded)
            .mapToDouble(outcome -> seconds.apply(outcome.folder()).orElse(Double.NaN))
            .toArray();
    double mean = SeedSpread.of(found).mean();
    return Double.isNaN(mean) ? "-" : Long.toString(Math.round(mean));
  }
}
