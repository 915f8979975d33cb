package hgn.evaluate;

import hgn.frames.RolloutGenerator;
import hgn.frames.Rollouts;
import hgn.frames.Split;
import hgn.predict.Evaluator;
import hgn.predict.Predictor;
import hgn.train.Experiment;
import java.util.ArrayList;
import java.util.List;

/** All measures of a trained model. */
public final class Measures {
  private Measures() {}

  /**
   * The measures of the model in {@code experiment}; each is computed on demand.
   *
   * @param count rollouts of each set
   */
  public static List<Measure> of(Experiment experiment, int count) {
    FilmMeasures films = new FilmMeasures(experiment, count);
    List<Measure> all = new ArrayList<>(films.errors());
    all.addAll(films.horizons());
    all.addAll(motions(experiment, count));
    if (experiment.hasPrior() && experiment.config().data().testRollouts() > 1) {
      all.addAll(new SampleMeasures(experiment, count).all());
    }
    all.add(films.time());
    return all;
  }

  private static List<Measure> motions(Experiment experiment, int count) {
    int batch = experiment.config().train().batch();
    Rollouts films = experiment.films(Split.TEST);
    Evaluator test = new Evaluator(films, experiment.window(), batch);
    Predictor predictor = experiment.predictor();
    List<Measure> all = new ArrayList<>();
    if (!experiment.isRecorded()) {
      RolloutGenerator rollouts = experiment.rollouts(Split.TEST);
      if (FilmEnergy.measures(rollouts.system())) {
        int frames = 2 * experiment.window().framesOut();
        all.addAll(new EnergyMeasures(rollouts, test, predictor, count, frames).all());
      }
    }
    all.addAll(new MotionMeasures(experiment, films, test, predictor, count).all());
    all.addAll(new IntegratorMeasures(experiment).all());
    if (experiment.hasPrior()) {
      all.addAll(new LatentMeasures(test, predictor, count).all());
    }
    return all;
  }
}
