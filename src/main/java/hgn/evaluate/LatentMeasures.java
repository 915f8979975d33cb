package hgn.evaluate;

import hgn.train.Beliefs;
import hgn.train.Evaluator;
import hgn.train.Predictor;
import hgn.train.Score;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;

/** How much a variational model's latents say of a clip. */
final class LatentMeasures {
  /** A posterior's variance below which a number of z counts as used. */
  private static final double ACTIVE = 0.5;

  /** Those of each batch of clips; both measures read them. */
  private final Supplier<List<Beliefs>> beliefs;

  LatentMeasures(Evaluator test, Predictor predictor, int count) {
    beliefs = Once.of(() -> read(test, predictor, count));
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
        () ->
            Score.of(
                beliefs.get().stream()
                    .flatMapToDouble(
                        part ->
                            IntStream.range(0, part.means().length)
                                .mapToDouble(clip -> value.applyAsDouble(part, clip)))
                    .toArray()));
  }

  private static List<Beliefs> read(Evaluator test, Predictor predictor, int count) {
    List<Beliefs> parts = new ArrayList<>();
    test.forEachBatch(count, (first, batch) -> parts.add(predictor.beliefs(batch).orElseThrow()));
    return parts;
  }
}
