package hgn.reproduce.sections;

import hgn.evaluate.MetricKeys;
import hgn.reproduce.Outcome;
import hgn.reproduce.Training;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The outcomes of a campaign. */
public final class Results {
  private final Map<String, Outcome> byName = new LinkedHashMap<>();

  /** Creates the results from outcomes. */
  public Results(Collection<Outcome> outcomes) {
    outcomes.forEach(outcome -> byName.put(outcome.training().name(), outcome));
  }

  /**
   * The outcome of {@code training}.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Outcome of(Training training) {
    Outcome outcome = byName.get(training.name());
    if (outcome == null) {
      throw new IllegalArgumentException(
          "[reproduce] no training '"
              + training.name()
              + "' was made; there are "
              + byName.keySet());
    }
    return outcome;
  }

  /** The first successful outcome of these trainings, or the first if all failed. */
  public Outcome example(List<Training> trainings) {
    return trainings.stream()
        .map(this::of)
        .filter(Outcome::succeeded)
        .findFirst()
        .orElseGet(() -> of(trainings.get(0)));
  }

  /**
   * Error of the persistence baseline divided by the error of these trainings; NaN if there are
   * none.
   */
  public double gain(List<Training> trainings) {
    return spread(trainings, MetricKeys.PERSISTENCE).mean()
        / spread(trainings, MetricKeys.TEST).mean();
  }

  /** The value {@code name} of these trainings over their seeds. */
  public SeedSpread spread(List<Training> trainings, String name) {
    return SeedSpread.of(
        trainings.stream()
            .map(this::of)
            .filter(Outcome::succeeded)
            .mapToDouble(outcome -> outcome.value(name))
            .filter(Double::isFinite)
            .toArray());
  }
}
