package hgn.evaluate;

import hgn.frames.RolloutGenerator;

/**
 * Counts the discs in films that a model has made up: whether a frame shows every body of a system
 * once, of its size and colour, and nothing else.
 *
 * <p>Each frame is explained by a scene of all discs ({@link DiscSearch}), wherever they may be,
 * and what the scene leaves is judged ({@link DiscVerdict}). Bodies that cover one another are so
 * judged together. Where a first explanation fails, others are tried that begin with another body:
 * a frame is right if any explains it.
 *
 * <p>Where the noise is much wider than a disc, as with three bodies of radius 1 and noise of 0.2,
 * an average over the noise is as wide as a smeared disc, and one passes for the other.
 */
final class DiscCounter {
  /** Part of a film's frames that must be right: 27 of 30. */
  static final double MOST_FRAMES = 0.9;

  private final DiscLook[] looks;
  private final int resolution;
  private final float[] background;

  /** Counts the discs of these rollouts' system, as their renderer draws them. */
  DiscCounter(RolloutGenerator rollouts) {
    looks = DiscLooks.of(rollouts);
    background = DiscLooks.background(rollouts);
    resolution = rollouts.renderer().resolution();
  }

  /**
   * Whether at least {@link #MOST_FRAMES} of a film's frames are right.
   *
   * @param film (frames, height, width, 3)
   */
  boolean right(float[] film) {
    int frames = film.length / (resolution * resolution * DiscLook.COLOURS);
    int wrong = 0;
    for (int t = 0; t < frames; t++) {
      if (!verdict(film, t).right()) {
        wrong++;
      }
      if (wrong > (1 - MOST_FRAMES) * frames + 1e-9) {
        return false;
      }
    }
    return true;
  }

  /** Judges one frame of a film. */
  DiscVerdict verdict(float[] film, int frame) {
    float[] light = light(film, frame);
    DiscSearch search = new DiscSearch(looks, resolution, light);
    DiscVerdict best = DiscVerdict.of(search.find(), light);
    for (int b = 0; looks.length > 1 && !best.right() && b < looks.length; b++) {
      DiscVerdict other = DiscVerdict.of(search.find(b), light);
      if (other.right() || other.unexplained() < best.unexplained()) {
        best = other;
      }
    }
    return best;
  }

  /** What the frame has more than the background. */
  private float[] light(float[] film, int frame) {
    float[] light = new float[resolution * resolution * DiscLook.COLOURS];
    for (int i = 0; i < light.length; i++) {
      light[i] = film[frame * light.length + i] - background[i % DiscLook.COLOURS];
    }
    return light;
  }
}
