package hgn.train;

import hgn.tensor.Shape;

/**
 * Rollouts as the model takes them.
 *
 * @param size N, the number of rollouts
 * @param resolution height and width of a frame
 * @param colours channels of a frame
 * @param window frames seen and frames to give back
 * @param clips (N, height, width, framesIn * colours): frames stacked on channels, the first first
 * @param targets (framesOut * N, height, width, colours): all rollouts of the first time first
 */
public record Batch(
    int size, int resolution, int colours, Window window, float[] clips, float[] targets) {
  /**
   * Cuts rollouts into clips and targets.
   *
   * @param films the rollouts' frames, each (frames, height, width, colours)
   */
  public static Batch of(float[][] films, int resolution, int colours, Window window) {
    int pixels = resolution * resolution;
    int frame = pixels * colours;
    int stacked = window.framesIn() * colours;
    float[] clips = new float[films.length * pixels * stacked];
    float[] targets = new float[films.length * window.framesOut() * frame];
    for (int n = 0; n < films.length; n++) {
      for (int t = 0; t < window.framesIn(); t++) {
        for (int pixel = 0; pixel < pixels; pixel++) {
          System.arraycopy(
              films[n],
              t * frame + pixel * colours,
              clips,
              (n * pixels + pixel) * stacked + t * colours,
              colours);
        }
      }
      for (int t = 0; t < window.framesOut(); t++) {
        System.arraycopy(
            films[n], (window.start() + t) * frame, targets, (t * films.length + n) * frame, frame);
      }
    }
    return new Batch(films.length, resolution, colours, window, clips, targets);
  }

  /** Shape of {@link #clips}. */
  public Shape clipShape() {
    return Shape.of(size, resolution, resolution, window.framesIn() * colours);
  }

  /** Shape of {@link #targets}. */
  public Shape targetShape() {
    return Shape.of(window.framesOut() * size, resolution, resolution, colours);
  }
}
