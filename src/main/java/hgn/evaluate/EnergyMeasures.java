package hgn.evaluate;

import hgn.frames.RolloutGenerator;
import hgn.train.Evaluator;
import hgn.train.Predictor;
import hgn.train.Score;
import java.util.List;

/**
 * Whether the bodies in predicted films keep their energy: that of the second half of a film, twice
 * as long as those of training, over that of the first half.
 */
final class EnergyMeasures {
  private final RolloutGenerator rollouts;
  private final Evaluator test;
  private final Predictor predictor;
  private final int count;
  private final int frames;
  private final FilmEnergy energy;

  /** On films of {@code frames} frames. */
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
    return List.of(
        kept("film_energy_kept", "energy kept in predicted films (1: all)", rollouts.dt(), false),
        kept("film_energy_kept_backward", "the same backward", -rollouts.dt(), false),
        kept("true_film_energy_kept", "the same of true films", rollouts.dt(), true));
  }

  private Measure kept(String key, String label, double step, boolean ofTruth) {
    return new Measure(
        key,
        label,
        Measure.Unit.SHARE,
        () -> {
          double[] halves = new double[2];
          test.ofFilms(
              predictor,
              count,
              step,
              frames,
              (film, truth) -> {
                add(energy.of(ofTruth ? truth : film, step), halves);
                return 0;
              });
          return Score.single(halves[1] / halves[0]);
        });
  }

  private static void add(double[] energies, double[] halves) {
    int half = energies.length / 2;
    for (int t = 0; t < half; t++) {
      halves[0] += energies[t];
      halves[1] += energies[energies.length - half + t];
    }
  }
}
