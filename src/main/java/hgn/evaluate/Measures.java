package hgn.evaluate;

import hgn.train.Experiment;
import java.util.ArrayList;
import java.util.List;

/** All that there is to measure of a trained model. */
public final class Measures {
  private Measures() {}

  /**
   * The measures of the model that {@code experiment} holds; each is computed when it is asked for.
   *
   * @param count rollouts of each set to measure on
   */
  public static List<Measure> of(Experiment experiment, int count) {
    FilmMeasures films = new FilmMeasures(experiment, count);
    List<Measure> all = new ArrayList<>(films.errors());
    all.addAll(films.horizons());
    if (experiment.model().latent(1).isPresent()) {
      all.addAll(films.samples());
    }
    all.add(films.time());
    return all;
  }
}
