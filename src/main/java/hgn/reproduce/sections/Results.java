package hgn.reproduce.sections;

import hgn.evaluate.MetricKeys;
import hgn.reproduce.Outcome;
import hgn.reproduce.Training;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How the trainings of a campaign ended. */
public final class Results {
  private final Map<String, Outcome> byName = new LinkedHashMap<>();

  /** Of these trainings. */
  public Results(Collection<Outcome> outcomes) {
    outcomes.forEach(outcome -> byName.put(outcome.training().name(), outcome));
  }

  /**
   * How {@code training} ended.
   *
   * @throws IllegalArgumentException if it was not among those made
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

  /** The first of these trainings, of one kind, that succeeded, or the first of all. */
  public Outcome example(List<Training> trainings) {
    return trainings.stream()
        .map(this::of)
        .filter(Outcome::succeeded)
        .findFirst()
        .orElseGet(() -> of(trainings.get(0)));
  }

  /**
   * How many times better than the persistence baseline these trainings' films are; NaN without
   * any.
   */
  public double gain(List<Training> trainings) {
    return spread(trainings, MetricKeys.PERSISTENCE).mean()
        / spread(trainings, MetricKeys.TEST).mean();
  }

  /** The value {@code name} of these trainings, over their seeds. */
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
