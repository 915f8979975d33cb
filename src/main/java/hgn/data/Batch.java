package hgn.data;

import hgn.tensor.DiscStyle;
import hgn.tensor.Shape;

/**
 * Rollouts as model input: frames, or scenes from which a device draws the frames. F is the number
 * of frames that the encoder sees, T the number of times.
 *
 * @param size N, the number of rollouts
 * @param resolution height and width of a frame
 * @param colours channels of a frame
 * @param window frames seen and frames to reconstruct
 * @param times which frames to reconstruct, relative to the inferred one, ascending
 * @param style how to draw the scenes in {@code clips} and {@code targets}; null if these hold
 *     frames
 * @param clips (N, height, width, F * colours): frames stacked on channels, in order; or (N, F,
 *     scene), see {@link hgn.tensor.DiscPainter}
 * @param targets (T * N, height, width, colours): times outermost; or (T * N, 1, scene)
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

  /** Cuts rollouts into clips and targets; the targets are all frames of the window. */
  public static Batch of(float[][] films, int resolution, int colours, Window window) {
    return of(films, resolution, colours, window, window.targetTimes());
  }

  /**
   * Cuts rollouts into clips and targets.
   *
   * @param films the rollouts' frames, each (frames, height, width, colours)
   * @param times which frames of the window to reconstruct, ascending
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
   * A batch of zeros, to be {@linkplain #put filled} film by film.
   *
   * @param length floats per frame or, with a style, per scene
   */
  static Batch empty(
      int size,
      int resolution,
      int colours,
      Window window,
      int[] times,
      DiscStyle style,
      int length) {
    float[] clips = new float[length(size, window.framesIn(), length)];
    float[] targets = new float[length(size, times.length, length)];
    return new Batch(size, resolution, colours, window, times, style, clips, targets);
  }

  private static int length(int size, int frames, int length) {
    return Math.multiplyExact(size, Math.multiplyExact(frames, length));
  }

  /**
   * Copies the film of rollout {@code n}, (frames, height, width, colours) or (frames, scene), to
   * its clip and targets.
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

  /** Floats per frame or scene. */
  private int length() {
    return targets.length / (times.length * size);
  }

  /** Shape of the frames that the encoder sees. */
  public Shape clipShape() {
    return Shape.of(size, resolution, resolution, window.framesIn() * colours);
  }

  /** Shape of the frames to reconstruct. */
  public Shape targetShape() {
    return Shape.of(times.length * size, resolution, resolution, colours);
  }

  /** Shape of {@link #clips} if they are scenes. */
  public Shape clipSceneShape() {
    return Shape.of(size, window.framesIn(), length());
  }

  /** Shape of {@link #targets} if they are scenes. */
  public Shape targetSceneShape() {
    return Shape.of(times.length * size, 1, length());
  }
}
