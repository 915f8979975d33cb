package hgn.cli;

import hgn.evaluate.Measure;
import hgn.evaluate.Measures;
import hgn.predict.Estimate;
import hgn.train.Experiment;
import java.util.LinkedHashMap;
import java.util.Map;

/** Computes all measures of a campaign's run. */
final class RunMeasurement {
  private RunMeasurement() {}

  static Map<String, Double> of(Experiment experiment) {
    Map<String, Double> values = new LinkedHashMap<>();
    int rollouts = experiment.config().train().evaluateRollouts();
    for (Measure measure : Measures.of(experiment, rollouts)) {
      Estimate score = measure.score().get();
      values.put(measure.key(), score.mean());
      if (score.hasInterval()) {
        values.put(measure.key() + "_interval", score.interval());
      }
    }
    return values;
  }
}
