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

/** Measures how well a model reconstructs rollouts, as a mean squared error of a pixel. */
public final class Evaluator {
  /** Draws of the noise at one state. */
  private static final int DRAWS = 32;

  /** A time, in frames, in which nothing moves. */
  private static final double INSTANT = 1e-6;

  private final Rollouts source;
  private final Window window;
  private final BatchMaker maker;
  private final int batch;

  /**
   * Measures on the first of these rollouts.
   *
   * @param batch rollouts computed at once
   */
  public Evaluator(Rollouts source, Window window, int batch) {
    this.source = source;
    this.window = window;
    this.maker = BatchMaker.ofFrames(source, window);
    this.batch = batch;
  }

  /** Error of the model's reconstruction of {@code rollouts} rollouts. */
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

  /** Error of repeating each rollout's mean frame: the best film that does not move. */
  public Estimate staticImage(int rollouts) {
    return still(rollouts, film -> repeatedMean(film, window.framesOut()));
  }

  /** Error of holding each rollout's first frame, that of the inferred state. */
  public Estimate persistence(int rollouts) {
    return still(rollouts, film -> repeatedFirst(film, window.framesOut()));
  }

  /**
   * Error of knowing the motion exactly: frames show states with noise, which nothing can predict,
   * so that no film comes below the frames' variance under it, here in the middle of each rollout.
   * It is known where films are made.
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
   * Error of films of another pace than the rollouts', each beginning at the inferred state.
   *
   * @param step time between frames; negative runs backward
   * @param first the first frame of the film that counts
   * @param end the frame after the last that counts
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
    /** A number for one rollout; both films are (frames, height, width, colours). */
    double of(float[] film, float[] truth);
  }

  /**
   * A metric of films of any pace, each beginning at the inferred state, of those of the rollouts
   * of which so long a film is known.
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
   * Whether a film at another pace is known of any of the first {@code rollouts}, see {@link
   * #ofFilms}.
   */
  public boolean knowsFilms(int rollouts, double step, int frames) {
    for (int n = 0; n < rollouts; n++) {
      if (source.film(n, window.start(), step, frames).isPresent()) {
        return true;
      }
    }
    return false;
  }

  /**
   * The frames that the first {@code rollouts} should have, each (frames, height, width, colours).
   */
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

  /** The first {@code rollouts} as one batch. */
  public Batch batch(int rollouts) {
    return maker.make(LongStream.range(0, rollouts).toArray());
  }

  /** Something to do with a batch. */
  @FunctionalInterface
  public interface BatchTask {
    /** With the batch whose first rollout has the number {@code first}. */
    void accept(int first, Batch batch);
  }

  /** Calls {@code task} with the first {@code rollouts}, a batch at a time. */
  public void forEachBatch(int rollouts, BatchTask task) {
    for (int first = 0; first < rollouts; first += batch) {
      long[] indices = new long[Math.min(batch, rollouts - first)];
      for (int n = 0; n < indices.length; n++) {
        indices[n] = first + n;
      }
      task.accept(first, maker.make(indices));
    }
  }

  /** The frames that sample {@code n} of a batch should have, (frames, height, width, colours). */
  public static float[] target(Batch batch, int n) {
    int frames = batch.window().framesOut();
    int frame = batch.targets().length / (batch.size() * frames);
    float[] film = new float[frames * frame];
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
              + "; predict as many frames as there are");
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
