package hgn.evaluate;

import hgn.data.Batch;
import hgn.frames.Split;
import hgn.metrics.ValidPrediction;
import hgn.predict.Estimate;
import hgn.predict.Evaluator;
import hgn.predict.Predictor;
import hgn.train.Experiment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Measures on films: errors at several time steps, valid prediction times, run time. */
final class FilmMeasures {
  /** Number of timed calls; the fastest counts. */
  private static final int TIMED_CALLS = 3;

  private static final int TIMED_BATCH = 16;

  private final Experiment experiment;
  private final Predictor predictor;
  private final Evaluator test;
  private final Evaluator train;
  private final int count;
  private final double dt;
  private final int frames;

  /** Measures the first {@code count} rollouts of each set. */
  FilmMeasures(Experiment experiment, int count) {
    this.experiment = experiment;
    this.count = count;
    predictor = experiment.predictor();
    dt = experiment.config().data().dt();
    frames = experiment.window().framesOut();
    test = evaluator(Split.TEST);
    train = evaluator(Split.TRAIN);
  }

  private Evaluator evaluator(Split split) {
    return new Evaluator(
        experiment.films(split), experiment.window(), experiment.config().train().batch());
  }

  /** Mean squared errors per pixel. */
  List<Measure> errors() {
    String beyond = "test, beyond training (frames " + (frames + 1) + "-" + 2 * frames + ")";
    int lead = experiment.window().lead();
    String backward = lead == 0 ? "test, backward" : "test, backward from the first frame seen";
    List<Measure> all = new ArrayList<>();
    all.add(error(MetricKeys.TEST, "test", () -> test.reconstruction(predictor, count)));
    all.add(error(MetricKeys.TRAIN, "training", () -> train.reconstruction(predictor, count)));
    motion(MetricKeys.BACKWARD, backward, -dt, lead, lead + frames).ifPresent(all::add);
    motion(MetricKeys.SLOW, "test, half speed", dt / 2, 0, frames).ifPresent(all::add);
    motion(MetricKeys.FAST, "test, double speed", 2 * dt, 0, frames).ifPresent(all::add);
    motion(MetricKeys.BEYOND, beyond, dt, frames - lead, 2 * frames - lead).ifPresent(all::add);
    if (!experiment.isRecorded()) {
      String noise = "for comparison: noise alone (known motion)";
      all.add(error(MetricKeys.NOISE, noise, () -> test.noise(count)));
    }
    all.add(
        error(
            MetricKeys.PERSISTENCE,
            "persistence baseline (first frame)",
            () -> test.persistence(count)));
    all.add(error(MetricKeys.STATIC, "the mean frame of each film", () -> test.staticImage(count)));
    return all;
  }

  /** Empty if no true films with this time step are known. */
  private Optional<Measure> motion(String key, String label, double step, int first, int end) {
    return test.knowsFilms(count, step, end)
        ? Optional.of(error(key, label, () -> test.motion(predictor, count, step, first, end)))
        : Optional.empty();
  }

  private static Measure error(String key, String label, Supplier<Estimate> score) {
    return new Measure(key, label, Measure.Unit.ERROR, score);
  }

  /** Valid prediction times over twice the training length, forward and backward. */
  List<Measure> horizons() {
    return Stream.of(
            horizon(MetricKeys.HORIZON, "valid prediction time, forward", dt),
            horizon(MetricKeys.HORIZON_BACKWARD, "valid prediction time, backward", -dt))
        .flatMap(Optional::stream)
        .toList();
  }

  private Optional<Measure> horizon(String key, String label, double step) {
    int length = 2 * frames;
    if (!test.knowsFilms(count, step, length)) {
      return Optional.empty();
    }
    return Optional.of(
        new Measure(
            key,
            label + " (of " + length + " frames)",
            Measure.Unit.SHARE,
            () ->
                test.ofFilms(
                    predictor,
                    count,
                    step,
                    length,
                    (film, truth) -> ValidPrediction.time(film, truth, length))));
  }

  /** Seconds to reconstruct one batch of up to 16 rollouts: the fastest of a few calls. */
  Measure time() {
    int size = Math.min(TIMED_BATCH, experiment.config().data().testRollouts());
    return new Measure(
        MetricKeys.RECONSTRUCTION_SECONDS,
        "time to reconstruct a batch of " + size,
        Measure.Unit.SECONDS,
        () -> {
          Batch batch = test.batch(size);
          double fastest = Double.POSITIVE_INFINITY;
          for (int call = 0; call < TIMED_CALLS; call++) {
            long started = System.nanoTime();
            predictor.reconstruct(batch, frames, dt, 0);
            fastest = Math.min(fastest, (System.nanoTime() - started) * 1e-9);
          }
          return Estimate.single(fastest);
        });
  }
}
