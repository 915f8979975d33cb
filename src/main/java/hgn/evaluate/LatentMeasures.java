package hgn.evaluate;

import hgn.train.Beliefs;
import hgn.train.Evaluator;
import hgn.train.Predictor;
import hgn.train.Score;
import java.util.List;
import java.util.function.ToDoubleBiFunction;

/** How much a variational model's latents say of a clip. */
final class LatentMeasures {
  /** A posterior's variance below which a number of z counts as used. */
  private static final double ACTIVE = 0.5;

  private final Evaluator test;
  private final Predictor predictor;
  private final int count;

  LatentMeasures(Evaluator test, Predictor predictor, int count) {
    this.test = test;
    this.predictor = predictor;
    this.count = count;
  }

  List<Measure> all() {
    return List.of(
        measure("kl", "KL of the posterior from the prior, nats", Beliefs::divergence),
        measure(
            "active_latents",
            "active latents (variance below " + ACTIVE + ")",
            (beliefs, clip) -> beliefs.active(clip, ACTIVE)));
  }

  private Measure measure(String key, String label, ToDoubleBiFunction<Beliefs, Integer> value) {
    return new Measure(
        key,
        label,
        Measure.Unit.NUMBER,
        () -> {
          double[] values = new double[count];
          test.forEachBatch(
              count,
              (first, batch) -> {
                Beliefs beliefs = predictor.beliefs(batch).orElseThrow();
                for (int n = 0; n < batch.size(); n++) {
                  values[first + n] = value.applyAsDouble(beliefs, n);
                }
              });
          return Score.of(values);
        });
  }
}
