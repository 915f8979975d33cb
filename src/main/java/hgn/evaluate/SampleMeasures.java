package hgn.evaluate;

import hgn.data.Window;
import hgn.frames.RolloutGenerator;
import hgn.frames.Rollouts;
import hgn.frames.Split;
import hgn.metrics.Diversity;
import hgn.predict.Estimate;
import hgn.predict.Evaluator;
import hgn.train.Experiment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/**
 * Measures on films sampled from the prior: whether they show the system's discs, vary as the data
 * do, and resemble the data.
 *
 * <p>The data contains noise and a model's films do not, so even films of true motions vary less
 * than the data: the best film of a motion is its average over the noise. For comparison, the same
 * measures are computed for such averages of as many other motions; their spread is the upper bound
 * for samples, and their distance from the data is the ideal value.
 */
final class SampleMeasures {
  /** Noise samples per average; their residual scatter adds 1/64 of the noise to a spread. */
  private static final int DRAWS = 64;

  private final Experiment experiment;
  private final Rollouts rollouts;
  private final Window window;
  private final int films;

  /** Measures {@code count} films from the prior, at least two. */
  SampleMeasures(Experiment experiment, int count) {
    this.experiment = experiment;
    films = Math.max(2, count);
    window = experiment.window();
    rollouts = experiment.films(Split.TEST);
  }

  List<Measure> all() {
    Supplier<float[][]> samples = Lazy.of(this::samples);
    Supplier<float[][]> data = Lazy.of(this::data);
    Supplier<Diversity> made = Lazy.of(() -> Diversity.of(samples.get(), data.get()));
    List<Measure> all = new ArrayList<>();
    if (!experiment.isRecorded()) {
      all.add(
          new Measure(
              MetricKeys.RIGHT,
              "samples with the right discs in 9 of 10 frames",
              Measure.Unit.SHARE,
              () -> right(samples.get())));
      all.add(
          new Measure(
              MetricKeys.RECONSTRUCTED_RIGHT,
              "the same of reconstructed test films",
              Measure.Unit.SHARE,
              () -> right(reconstructed())));
    }
    all.add(
        single(
            MetricKeys.SPREAD,
            "spread of samples (1: that of the data)",
            () -> made.get().spread()));
    Supplier<Diversity> truth = Lazy.of(() -> Diversity.of(averages(), data.get()));
    if (!experiment.isRecorded()) {
      all.add(
          single(
              MetricKeys.SPREAD_CEILING,
              "the same of true films without noise",
              () -> truth.get().spread()));
      all.add(
          single(
              MetricKeys.SPREAD_SHARE,
              "spread of samples (1: that of those films)",
              () -> made.get().spread() / truth.get().spread()));
    }
    all.add(
        single(
            MetricKeys.STRANGENESS,
            "samples' distance from the data (1: its own)",
            () -> made.get().strangeness()));
    if (!experiment.isRecorded()) {
      all.add(
          single(
              MetricKeys.TRUE_STRANGENESS,
              "the same of true films without noise",
              () -> truth.get().strangeness()));
    }
    return all;
  }

  private static Measure single(String key, String label, DoubleSupplier value) {
    return new Measure(key, label, Measure.Unit.NUMBER, () -> Estimate.single(value.getAsDouble()));
  }

  private float[][] samples() {
    return experiment.predictor().sample(films, 0, window.framesOut(), rollouts.dt());
  }

  private float[][] data() {
    int batch = experiment.config().train().batch();
    return new Evaluator(rollouts, window, batch).targets(films);
  }

  private float[][] reconstructed() {
    int batch = experiment.config().train().batch();
    List<float[]> all = new ArrayList<>();
    new Evaluator(rollouts, window, batch)
        .forEachBatch(
            films,
            (first, some) ->
                all.addAll(
                    List.of(experiment.predictor().reconstruct(some, rollouts.dt(), first))));
    return all.toArray(float[][]::new);
  }

  /** Averages of motions after those of the data; otherwise each would be near its own film. */
  private float[][] averages() {
    int end = window.start() + window.framesOut();
    RolloutGenerator generator = experiment.rollouts(Split.TEST).withFrames(end);
    int frame = generator.frameLength();
    float[][] averages = new float[films][];
    for (int n = 0; n < films; n++) {
      float[] film = generator.averaged(films + n, DRAWS);
      averages[n] = Arrays.copyOfRange(film, window.start() * frame, film.length);
    }
    return averages;
  }

  private Estimate right(float[][] samples) {
    DiscCounter counter = new DiscCounter(experiment.rollouts(Split.TEST));
    return Estimate.of(
        Arrays.stream(samples)
            .parallel()
            .mapToDouble(film -> counter.right(film) ? 1 : 0)
            .toArray());
  }
}
