package hgn.evaluate;

import hgn.frames.RolloutGenerator;
import hgn.predict.Estimate;
import hgn.predict.Evaluator;
import hgn.predict.Predictor;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/**
 * Energy conservation in predicted films: mean energy in the second half divided by that in the
 * first half of a film twice as long as in training.
 */
final class EnergyMeasures {
  private final RolloutGenerator rollouts;
  private final Evaluator test;
  private final Predictor predictor;
  private final int count;
  private final int frames;
  private final FilmEnergy energy;

  /** Measures films of {@code frames} frames. */
  EnergyMeasures(
      RolloutGenerator rollouts, Evaluator test, Predictor predictor, int count, int frames) {
    this.rollouts = rollouts;
    this.test = test;
    this.predictor = predictor;
    this.count = count;
    this.frames = frames;
    energy = new FilmEnergy(rollouts.system(), rollouts.renderer());
  }

  List<Measure> all() {
    Supplier<Kept> forward = Lazy.of(() -> kept(rollouts.dt()));
    Supplier<Kept> backward = Lazy.of(() -> kept(-rollouts.dt()));
    return List.of(
        measure(
            MetricKeys.FILM_ENERGY,
            "energy kept in predicted films (1: all)",
            () -> forward.get().predicted()),
        measure(
            MetricKeys.FILM_ENERGY_BACKWARD, "the same backward", () -> backward.get().predicted()),
        measure(
            MetricKeys.TRUE_FILM_ENERGY, "the same of true films", () -> forward.get().ofTruth()));
  }

  private static Measure measure(String key, String label, DoubleSupplier kept) {
    return new Measure(key, label, Measure.Unit.SHARE, () -> Estimate.single(kept.getAsDouble()));
  }

  /** Fraction of energy in the second half, of predicted and true films. */
  private record Kept(double predicted, double ofTruth) {}

  private Kept kept(double step) {
    double[] predicted = new double[2];
    double[] ofTruth = new double[2];
    test.ofFilms(
        predictor,
        count,
        step,
        frames,
        (film, truth) -> {
          add(energy.of(film, step), predicted);
          add(energy.of(truth, step), ofTruth);
          return 0;
        });
    return new Kept(predicted[1] / predicted[0], ofTruth[1] / ofTruth[0]);
  }

  private static void add(double[] energies, double[] halves) {
    int half = energies.length / 2;
    for (int t = 0; t < half; t++) {
      halves[0] += energies[t];
      halves[1] += energies[energies.length - half + t];
    }
  }
}
