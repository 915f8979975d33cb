package hgn.train;

import hgn.tensor.Shape;
import java.util.stream.IntStream;

/**
 * Rollouts as the model takes them.
 *
 * @param size N, the number of rollouts
 * @param resolution height and width of a frame
 * @param colours channels of a frame
 * @param window frames seen and frames to give back
 * @param times which frames to give back, counted from the inferred one, ascending
 * @param clips (N, height, width, framesIn * colours): frames stacked on channels, the first first
 * @param targets (times * N, height, width, colours): all rollouts of the first time first
 */
public record Batch(
    int size,
    int resolution,
    int colours,
    Window window,
    int[] times,
    float[] clips,
    float[] targets) {
  /** Cuts rollouts into clips and targets, with all frames of the window to give back. */
  public static Batch of(float[][] films, int resolution, int colours, Window window) {
    int[] all = IntStream.range(0, window.framesOut()).toArray();
    return of(films, resolution, colours, window, all);
  }

  /**
   * Cuts rollouts into clips and targets.
   *
   * @param films the rollouts' frames, each (frames, height, width, colours)
   * @param times which of the window's frames to give back, ascending
   */
  public static Batch of(float[][] films, int resolution, int colours, Window window, int[] times) {
    Batch batch = empty(films.length, resolution, colours, window, times);
    for (int n = 0; n < films.length; n++) {
      batch.put(n, films[n]);
    }
    return batch;
  }

  /** A batch of black films, to be {@linkplain #put put} in one by one. */
  static Batch empty(int size, int resolution, int colours, Window window, int[] times) {
    int frame = resolution * resolution * colours;
    float[] clips = new float[size * window.framesIn() * frame];
    float[] targets = new float[size * times.length * frame];
    return new Batch(size, resolution, colours, window, times, clips, targets);
  }

  /** Cuts the film of rollout {@code n}, (frames, height, width, colours), into its places. */
  void put(int n, float[] film) {
    int pixels = resolution * resolution;
    int frame = pixels * colours;
    int stacked = window.framesIn() * colours;
    for (int t = 0; t < window.framesIn(); t++) {
      for (int pixel = 0; pixel < pixels; pixel++) {
        int from = (window.past() + t) * frame + pixel * colours;
        int to = (n * pixels + pixel) * stacked + t * colours;
        System.arraycopy(film, from, clips, to, colours);
      }
    }
    for (int t = 0; t < times.length; t++) {
      int from = (window.past() + window.start() + times[t]) * frame;
      System.arraycopy(film, from, targets, (t * size + n) * frame, frame);
    }
  }

  /** Shape of {@link #clips}. */
  public Shape clipShape() {
    return Shape.of(size, resolution, resolution, window.framesIn() * colours);
  }

  /** Shape of {@link #targets}. */
  public Shape targetShape() {
    return Shape.of(times.length * size, resolution, resolution, colours);
  }
}
