package hgn.data;

import hgn.tensor.DiscStyle;
import hgn.tensor.Shape;

/**
 * Rollouts as the model takes them, or as a device draws them before that. F is the number of
 * frames seen, T that of times.
 *
 * @param size N, the number of rollouts
 * @param resolution height and width of a frame
 * @param colours channels of a frame
 * @param window frames seen and frames to give back
 * @param times which frames to give back, counted from the inferred one, ascending
 * @param style how to draw the scenes that stand in {@code clips} and {@code targets} in place of
 *     frames; null if frames do
 * @param clips (N, height, width, F * colours): frames stacked on channels, the first first; or (N,
 *     F, scene), see {@link hgn.tensor.DiscPainter}
 * @param targets (T * N, height, width, colours): all rollouts of the first time first; or (T * N,
 *     1, scene)
 */
public record Batch(
    int size,
    int resolution,
    int colours,
    Window window,
    int[] times,
    DiscStyle style,
    float[] clips,
    float[] targets) {
  /** A batch of frames. */
  public Batch(
      int size,
      int resolution,
      int colours,
      Window window,
      int[] times,
      float[] clips,
      float[] targets) {
    this(size, resolution, colours, window, times, null, clips, targets);
  }

  /** Cuts rollouts into clips and targets, with all frames of the window to give back. */
  public static Batch of(float[][] films, int resolution, int colours, Window window) {
    return of(films, resolution, colours, window, window.targetTimes());
  }

  /**
   * Cuts rollouts into clips and targets.
   *
   * @param films the rollouts' frames, each (frames, height, width, colours)
   * @param times which of the window's frames to give back, ascending
   */
  public static Batch of(float[][] films, int resolution, int colours, Window window, int[] times) {
    int frame = resolution * resolution * colours;
    Batch batch = empty(films.length, resolution, colours, window, times, null, frame);
    for (int n = 0; n < films.length; n++) {
      batch.put(n, films[n]);
    }
    return batch;
  }

  /**
   * A batch of zeros, to be {@linkplain #put put} in film by film.
   *
   * @param length floats in a frame or, where there is a style, in a scene
   */
  static Batch empty(
      int size,
      int resolution,
      int colours,
      Window window,
      int[] times,
      DiscStyle style,
      int length) {
    float[] clips = new float[size * window.framesIn() * length];
    float[] targets = new float[size * times.length * length];
    return new Batch(size, resolution, colours, window, times, style, clips, targets);
  }

  /**
   * Cuts the film of rollout {@code n}, (frames, height, width, colours) or (frames, scene), into
   * its places.
   */
  void put(int n, float[] film) {
    int pixels = style == null ? resolution * resolution : 1;
    int length = length();
    int channels = length / pixels;
    int stacked = window.framesIn() * channels;
    for (int t = 0; t < window.framesIn(); t++) {
      for (int pixel = 0; pixel < pixels; pixel++) {
        int from = (window.past() + t) * length + pixel * channels;
        int to = (n * pixels + pixel) * stacked + t * channels;
        System.arraycopy(film, from, clips, to, channels);
      }
    }
    for (int t = 0; t < times.length; t++) {
      int from = (window.past() + window.start() + times[t]) * length;
      System.arraycopy(film, from, targets, (t * size + n) * length, length);
    }
  }

  /** Floats in a frame, or in a scene that stands for it. */
  private int length() {
    return targets.length / (times.length * size);
  }

  /** Shape of the frames that are seen. */
  public Shape clipShape() {
    return Shape.of(size, resolution, resolution, window.framesIn() * colours);
  }

  /** Shape of the frames to give back. */
  public Shape targetShape() {
    return Shape.of(times.length * size, resolution, resolution, colours);
  }

  /** Shape of {@link #clips} where they are scenes. */
  public Shape clipSceneShape() {
    return Shape.of(size, window.framesIn(), length());
  }

  /** Shape of {@link #targets} where they are scenes. */
  public Shape targetSceneShape() {
    return Shape.of(times.length * size, 1, length());
  }
}
