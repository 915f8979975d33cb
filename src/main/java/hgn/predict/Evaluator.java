package hgn.predict;

import hgn.data.Batch;
import hgn.data.BatchMaker;
import hgn.data.Window;
import hgn.frames.Rollouts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;

/** Measures the reconstruction error of a model on rollouts, a mean squared error per pixel. */
public final class Evaluator {
  /** Noise samples per state. */
  private static final int DRAWS = 32;

  /** A time between frames so short that nothing moves. */
  private static final double INSTANT = 1e-6;

  private final Rollouts source;
  private final Window window;
  private final BatchMaker maker;
  private final int batch;

  /**
   * Creates an evaluator on {@code source}.
   *
   * @param batch rollouts per batch
   */
  public Evaluator(Rollouts source, Window window, int batch) {
    this.source = source;
    this.window = window;
    this.maker = BatchMaker.ofFrames(source, window);
    this.batch = batch;
  }

  /** Reconstruction error on the first {@code rollouts} rollouts. */
  public Estimate reconstruction(Predictor predictor, int rollouts) {
    double[] errors = new double[rollouts];
    forEachBatch(
        rollouts,
        (first, data) -> {
          float[][] films = predictor.reconstruct(data, source.dt(), first);
          for (int n = 0; n < films.length; n++) {
            errors[first + n] = error(films[n], target(data, n));
          }
        });
    return Estimate.of(errors);
  }

  /** Error of the static baseline, which repeats each rollout's mean frame. */
  public Estimate staticImage(int rollouts) {
    return still(rollouts, film -> repeatedMean(film, window.framesOut()));
  }

  /** Error of the persistence baseline, which repeats the frame of the inferred state. */
  public Estimate persistence(int rollouts) {
    return still(rollouts, film -> repeatedFirst(film, window.framesOut()));
  }

  /**
   * Error of a perfect prediction of the motion, due to the unpredictable noise on states: the
   * variance of frames under this noise, measured in the middle of each rollout. Known only for
   * simulated rollouts.
   */
  public Estimate noise(int rollouts) {
    double[] errors = new double[rollouts];
    for (int n = 0; n < rollouts; n++) {
      int middle = window.start() - window.lead() + window.framesOut() / 2;
      float[] same = source.film(n, middle, INSTANT * source.dt(), DRAWS).orElseThrow();
      double ofSample = error(repeatedMean(same, DRAWS), same);
      errors[n] = ofSample * DRAWS / (DRAWS - 1);
    }
    return Estimate.of(errors);
  }

  private Estimate still(int rollouts, UnaryOperator<float[]> made) {
    double[] errors = new double[rollouts];
    forEachBatch(
        rollouts,
        (first, data) -> {
          for (int n = 0; n < data.size(); n++) {
            float[] film = target(data, n);
            errors[first + n] = error(made.apply(film), film);
          }
        });
    return Estimate.of(errors);
  }

  /**
   * Error of films with another time step than the rollouts', each starting at the inferred state.
   *
   * @param step time between frames; negative runs backward
   * @param first first frame of the film to compare
   * @param end end of the compared frames, exclusive
   */
  public Estimate motion(Predictor predictor, int rollouts, double step, int first, int end) {
    return ofFilms(
        predictor,
        rollouts,
        step,
        end,
        (film, truth) -> error(film, truth, first * (truth.length / end)));
  }

  /** Compares a predicted film with the true one. */
  @FunctionalInterface
  public interface FilmMetric {
    /** Returns the metric of one rollout; both films are (frames, height, width, colours). */
    double of(float[] film, float[] truth);
  }

  /**
   * A metric of films with any time step, each starting at the inferred state. Rollouts whose true
   * film is not known for this long are skipped.
   *
   * @param step time between frames; negative runs backward
   * @param frames length of the films
   */
  public Estimate ofFilms(
      Predictor predictor, int rollouts, double step, int frames, FilmMetric metric) {
    List<Double> values = new ArrayList<>();
    forEachBatch(
        rollouts,
        (start, data) -> {
          float[][] films = predictor.reconstruct(data, frames, step, start);
          for (int n = 0; n < films.length; n++) {
            Optional<float[]> truth = source.film(start + n, window.start(), step, frames);
            if (truth.isPresent()) {
              values.add(metric.of(films[n], truth.get()));
            }
          }
        });
    return Estimate.of(values.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /**
   * Whether the true film with this time step is known for any of the first {@code rollouts}, see
   * {@link #ofFilms}.
   */
  public boolean knowsFilms(int rollouts, double step, int frames) {
    for (int n = 0; n < rollouts; n++) {
      if (source.film(n, window.start(), step, frames).isPresent()) {
        return true;
      }
    }
    return false;
  }

  /** The true frames of the first {@code rollouts}, each (frames, height, width, colours). */
  public float[][] targets(int rollouts) {
    float[][] films = new float[rollouts][];
    forEachBatch(
        rollouts,
        (first, data) -> {
          for (int n = 0; n < data.size(); n++) {
            films[first + n] = target(data, n);
          }
        });
    return films;
  }

  /** Returns the first {@code rollouts} as one batch. */
  public Batch batch(int rollouts) {
    return maker.make(LongStream.range(0, rollouts).toArray());
  }

  /** A consumer of batches. */
  @FunctionalInterface
  public interface BatchTask {
    /** Processes a batch whose first rollout has index {@code first}. */
    void accept(int first, Batch batch);
  }

  /** Calls {@code task} with the first {@code rollouts}, batch by batch. */
  public void forEachBatch(int rollouts, BatchTask task) {
    for (int first = 0; first < rollouts; first += batch) {
      long[] indices = new long[Math.min(batch, rollouts - first)];
      for (int n = 0; n < indices.length; n++) {
        indices[n] = first + n;
      }
      task.accept(first, maker.make(indices));
    }
  }

  /** The target frames of sample {@code n} of a batch, (frames, height, width, colours). */
  public static float[] target(Batch batch, int n) {
    int frames = batch.window().framesOut();
    int frame = batch.targets().length / (batch.size() * frames);
    float[] film = new float[Math.multiplyExact(frames, frame)];
    for (int t = 0; t < frames; t++) {
      System.arraycopy(batch.targets(), (t * batch.size() + n) * frame, film, t * frame, frame);
    }
    return film;
  }

  private static float[] repeatedFirst(float[] film, int frames) {
    float[] repeated = new float[film.length];
    int frame = film.length / frames;
    for (int t = 0; t < frames; t++) {
      System.arraycopy(film, 0, repeated, t * frame, frame);
    }
    return repeated;
  }

  private static float[] repeatedMean(float[] film, int frames) {
    int frame = film.length / frames;
    float[] repeated = new float[film.length];
    for (int i = 0; i < frame; i++) {
      double sum = 0;
      for (int t = 0; t < frames; t++) {
        sum += film[t * frame + i];
      }
      for (int t = 0; t < frames; t++) {
        repeated[t * frame + i] = (float) (sum / frames);
      }
    }
    return repeated;
  }

  /**
   * Mean squared difference of two films.
   *
   * @throws IllegalArgumentException if they differ in size
   */
  public static double error(float[] predicted, float[] truth) {
    if (predicted.length != truth.length) {
      throw new IllegalArgumentException(
          "[evaluate] a film of "
              + predicted.length
              + " values against one of "
              + truth.length
              + "; predict as many frames as the truth has");
    }
    return error(predicted, truth, 0);
  }

  private static double error(float[] predicted, float[] truth, int from) {
    double sum = 0;
    for (int i = from; i < predicted.length; i++) {
      double difference = predicted[i] - truth[i];
      sum += difference * difference;
    }
    return sum / (predicted.length - from);
  }
}
