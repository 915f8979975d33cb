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
 * What happened and what a model says happened: over the frames that it was to give back, or from
 * the instant of its inferred state on, at any pace, forward or backward.
 *
 * @param truth film of what happened; empty where nobody knows it
 * @param prediction film that the model made
 * @param start time of the first frame in the rollout, in seconds
 * @param step time from each frame to the next, in seconds; negative if time runs backward
 */
public record Comparison(Optional<Film> truth, Film prediction, double start, double step) {
  /** Mean absolute difference of a pixel's colours that is drawn in the darkest red. */
  private static final double FULL_SCALE = 0.3;

  private static final int SMALL = 32;

  /**
   * Films a rollout and its prediction.
   *
   * @param rollouts makes the rollout, or has read it
   * @param index of the rollout
   * @param step time between frames; the model integrates with it, and so does the physics
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

  /** Films the frames of a rollout that the model was to give back, and what it gives. */
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

  /** Mean squared error of a pixel over the whole film, where it is known what happened. */
  public OptionalDouble error() {
    return truth.isPresent()
        ? OptionalDouble.of(Evaluator.error(prediction.frames(), truth.get().frames()))
        : OptionalDouble.empty();
  }

  /** Truth, prediction, and where they differ, as far as they are known. */
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

  /** Truth, where it is known, and prediction. */
  public List<Film> pair() {
    return truth.map(known -> List.of(known, prediction)).orElse(List.of(prediction));
  }

  /** Pixels of a picture for each pixel of a frame, of which 32 are shown at {@code scale}. */
  public int scaled(int scale) {
    return Math.max(1, scale * SMALL / prediction.resolution());
  }
}
