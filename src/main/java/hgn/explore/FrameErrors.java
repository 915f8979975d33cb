package hgn.explore;

import hgn.data.Batch;
import hgn.data.BatchMaker;
import hgn.data.Window;
import hgn.frames.Rollouts;
import hgn.frames.Split;
import hgn.predict.Evaluator;
import hgn.predict.Predictor;
import hgn.train.Experiment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Mean squared errors of a pixel, frame by frame, over some test clips: of the model and of films
 * in which nothing moves.
 */
final class FrameErrors {
  private static final int CLIPS = 32;

  private final Experiment experiment;
  private final Rollouts films;
  private final int clips;
  private final int first;
  private final double[] model;
  private final double[] persistence;
  private final double[] meanFrame;
  private final int[] known;

  /**
   * Measures.
   *
   * @param most clips that there are
   */
  FrameErrors(Experiment experiment, int most) {
    this.experiment = experiment;
    films = experiment.films(Split.TEST);
    clips = Math.min(CLIPS, most);
    Window window = experiment.window();
    first = -window.lead();
    int count = 2 * window.framesOut();
    model = new double[count];
    persistence = new double[count];
    meanFrame = new double[count];
    known = new int[count];
    float[][] predicted = predicted();
    for (int clip = 0; clip < clips; clip++) {
      measure(clip, predicted[clip]);
    }
  }

  /** Films of all clips over all times, in one batch. */
  private float[][] predicted() {
    long[] all = LongStream.range(0, clips).toArray();
    Batch batch = BatchMaker.ofFrames(films, experiment.window()).make(all);
    Predictor predictor = experiment.predictor();
    float[][] before = predictor.reconstruct(batch, 1 - first, -films.dt(), 0);
    float[][] after = predictor.reconstruct(batch, model.length + first, films.dt(), 0);
    int frame = films.frameLength();
    float[][] predicted = new float[clips][model.length * frame];
    for (int clip = 0; clip < clips; clip++) {
      for (int t = 0; t <= -first; t++) {
        System.arraycopy(before[clip], t * frame, predicted[clip], (-first - t) * frame, frame);
      }
      System.arraycopy(after[clip], 0, predicted[clip], -first * frame, after[clip].length);
    }
    return predicted;
  }

  private void measure(int clip, float[] predicted) {
    int ahead = model.length - 1 + first;
    int start = experiment.window().start();
    TrueMotion truth = TrueMotion.of(films, clip, start, films.dt(), -first, ahead);
    int frame = films.frameLength();
    int count = truth.count(films);
    float[] mean = new float[frame];
    for (int i = 0; i < truth.frames().length; i++) {
      mean[i % frame] += truth.frames()[i] / count;
    }
    int inferred = -truth.first() * frame;
    for (int t = 0; t < count; t++) {
      int at = truth.first() + t - first;
      model[at] += error(truth.frames(), t * frame, predicted, at * frame, frame);
      persistence[at] += error(truth.frames(), t * frame, truth.frames(), inferred, frame);
      meanFrame[at] += error(truth.frames(), t * frame, mean, 0, frame);
      known[at]++;
    }
  }

  private static double error(float[] a, int fromA, float[] b, int fromB, int length) {
    double sum = 0;
    for (int i = 0; i < length; i++) {
      double difference = a[fromA + i] - b[fromB + i];
      sum += difference * difference;
    }
    return sum / length;
  }

  /** Returns the errors as the page takes them. */
  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("rollouts", clips);
    json.put("times", IntStream.range(first, first + model.length).boxed().toList());
    json.put("model", means(model));
    json.put("persistence", means(persistence));
    json.put("meanFrame", means(meanFrame));
    json.put("noise", experiment.isRecorded() ? null : noise());
    return json;
  }

  private List<Double> means(double[] sums) {
    return Numbers.of(
        IntStream.range(0, sums.length).mapToDouble(t -> sums[t] / known[t]).toArray());
  }

  private double noise() {
    return new Evaluator(films, experiment.window(), clips).noise(clips).mean();
  }
}
