package hgn.evaluate;

import hgn.predict.Estimate;
import hgn.predict.Evaluator;
import hgn.predict.PosteriorStats;
import hgn.predict.Predictor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;

/** How much information a variational model's latents carry about a clip. */
final class LatentMeasures {
  /** Posterior variance below which a component of z counts as active. */
  private static final double ACTIVE = 0.5;

  /** Posteriors of each batch, shared by both measures. */
  private final Supplier<List<PosteriorStats>> posteriors;

  LatentMeasures(Evaluator test, Predictor predictor, int count) {
    posteriors = Lazy.of(() -> read(test, predictor, count));
  }

  List<Measure> all() {
    return List.of(
        measure(
            MetricKeys.DIVERGENCE,
            "KL of the posterior from the prior, nats",
            PosteriorStats::divergence),
        measure(
            MetricKeys.ACTIVE,
            "active latents (variance below " + ACTIVE + ")",
            (posteriors, clip) -> posteriors.active(clip, ACTIVE)));
  }

  private Measure measure(
      String key, String label, ToDoubleBiFunction<PosteriorStats, Integer> value) {
    return new Measure(
        key,
        label,
        Measure.Unit.NUMBER,
        () ->
            Estimate.of(
                posteriors.get().stream()
                    .flatMapToDouble(
                        part ->
                            IntStream.range(0, part.means().length)
                                .mapToDouble(clip -> value.applyAsDouble(part, clip)))
                    .toArray()));
  }

  private static List<PosteriorStats> read(Evaluator test, Predictor predictor, int count) {
    List<PosteriorStats> parts = new ArrayList<>();
    test.forEachBatch(
        count, (first, batch) -> parts.add(predictor.posteriors(batch).orElseThrow()));
    return parts;
  }
}
