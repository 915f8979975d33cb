package hgn.report;

import hgn.frames.Rollout;
import hgn.frames.RolloutGenerator;
import hgn.train.Batch;
import hgn.train.BatchMaker;
import hgn.train.Evaluator;
import hgn.train.Experiment;
import hgn.train.Window;
import java.util.List;

/**
 * What happened and what a model says happened: over the frames that it was to give back, or from
 * the instant of its inferred state on, at any pace, forward or backward.
 *
 * @param truth film of the physical system
 * @param prediction film that the model made
 * @param start time of the first frame in the rollout, in seconds
 * @param step time from each frame to the next, in seconds; negative if time runs backward
 */
public record Comparison(Film truth, Film prediction, double start, double step) {
  /** Mean absolute difference of a pixel's colours that is drawn in the darkest red. */
  private static final double FULL_SCALE = 0.3;

  /**
   * Films a rollout and its prediction.
   *
   * @param generator makes the rollout
   * @param index of the rollout
   * @param step time between frames; the model integrates with it, and so does the physics
   * @param frames length of both films
   */
  public static Comparison of(
      Experiment experiment, RolloutGenerator generator, long index, double step, int frames) {
    Batch clip = BatchMaker.ofFrames(generator, experiment.window()).make(new long[] {index});
    float[] predicted = experiment.predictor().reconstruct(clip, frames, step, index)[0];
    int start = experiment.window().start();
    Rollout truth = generator.through(index, start, step, frames);
    return new Comparison(
        new Film("truth", truth.resolution(), truth.frames()),
        new Film("prediction", truth.resolution(), predicted),
        start * generator.dt(),
        step);
  }

  /** Films the frames of a rollout that the model was to give back, and what it gives. */
  public static Comparison ofClip(Experiment experiment, RolloutGenerator generator, long index) {
    Window window = experiment.window();
    Batch clip = BatchMaker.ofFrames(generator, window).make(new long[] {index});
    float[] predicted = experiment.predictor().reconstruct(clip, generator.dt(), index)[0];
    int size = generator.renderer().resolution();
    return new Comparison(
        new Film("truth", size, Evaluator.target(clip, 0)),
        new Film("prediction", size, predicted),
        (window.start() - window.lead()) * generator.dt(),
        generator.dt());
  }

  /** Mean squared error of a pixel over the whole film. */
  public double error() {
    return Evaluator.error(prediction.frames(), truth.frames());
  }

  /** Truth, prediction, and where they differ. */
  public List<Film> rows() {
    return List.of(truth, prediction, Film.difference("difference", truth, prediction, FULL_SCALE));
  }

  /** Truth and prediction. */
  public List<Film> pair() {
    return List.of(truth, prediction);
  }
}
