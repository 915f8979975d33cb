package hgn.report;

import hgn.data.Batch;
import hgn.data.BatchMaker;
import hgn.data.Window;
import hgn.frames.Rollouts;
import hgn.predict.Evaluator;
import hgn.train.Experiment;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A true film and a model's prediction: over the frames to reconstruct, or from the inferred state
 * with any time step, forward or backward.
 *
 * @param truth the true film; empty if unknown
 * @param prediction the model's film
 * @param start time of the first frame in the rollout, in seconds
 * @param step time from each frame to the next, in seconds; negative if time runs backward
 */
public record Comparison(Optional<Film> truth, Film prediction, double start, double step) {
  /** Mean absolute difference over a pixel's channels that is drawn in the darkest red. */
  private static final double FULL_SCALE = 0.3;

  private static final int SMALL = 32;

  /**
   * Compares a rollout with its prediction.
   *
   * @param rollouts source of the rollout
   * @param index index of the rollout
   * @param step time step of both the model and the physics
   * @param frames length of both films
   */
  public static Comparison of(
      Experiment experiment, Rollouts rollouts, long index, double step, int frames) {
    Batch clip = BatchMaker.ofFrames(rollouts, experiment.window()).make(new long[] {index});
    float[] predicted = experiment.predictor().reconstruct(clip, frames, step, index)[0];
    int start = experiment.window().start();
    return new Comparison(
        rollouts.film(index, start, step, frames).map(truth -> film("truth", rollouts, truth)),
        film("prediction", rollouts, predicted),
        start * rollouts.dt(),
        step);
  }

  /** Compares the window of a rollout with its reconstruction. */
  public static Comparison ofClip(Experiment experiment, Rollouts rollouts, long index) {
    Window window = experiment.window();
    Batch clip = BatchMaker.ofFrames(rollouts, window).make(new long[] {index});
    float[] predicted = experiment.predictor().reconstruct(clip, rollouts.dt(), index)[0];
    return new Comparison(
        Optional.of(film("truth", rollouts, Evaluator.target(clip, 0))),
        film("prediction", rollouts, predicted),
        (window.start() - window.lead()) * rollouts.dt(),
        rollouts.dt());
  }

  private static Film film(String label, Rollouts rollouts, float[] frames) {
    return Film.of(label, rollouts.resolution(), rollouts.colours(), frames);
  }

  /** Mean squared error per pixel over the whole film; empty if the truth is unknown. */
  public OptionalDouble error() {
    return truth.isPresent()
        ? OptionalDouble.of(Evaluator.error(prediction.frames(), truth.get().frames()))
        : OptionalDouble.empty();
  }

  /** Truth, prediction and their difference, if the truth is known; else the prediction. */
  public List<Film> rows() {
    return truth
        .map(
            known ->
                List.of(
                    known,
                    prediction,
                    Film.difference("difference", known, prediction, FULL_SCALE)))
        .orElse(List.of(prediction));
  }

  /** Truth, if known, and prediction. */
  public List<Film> pair() {
    return truth.map(known -> List.of(known, prediction)).orElse(List.of(prediction));
  }

  /** Magnification for this resolution such that 32x32 frames have {@code scale}. */
  public int scaled(int scale) {
    return Math.max(1, scale * SMALL / prediction.resolution());
  }
}
