package hgn.evaluate;

import hgn.frames.RolloutGenerator;

/**
 * Counts the discs in sampled films: checks that a frame shows every body of a system once, with
 * its size and colour, and nothing else.
 *
 * <p>{@link DiscSearch} fits a scene of all discs, at any positions, to each frame, and {@link
 * DiscFit} judges the residual. Overlapping bodies are thus judged together. If the first fit
 * fails, others that start with another body are tried; a frame is right if any fit explains it.
 *
 * <p>If the noise is much wider than a disc, as with three bodies of radius 1 and noise of 0.2, a
 * smeared disc cannot be told from an average over the noise.
 */
final class DiscCounter {
  /** Fraction of a film's frames that must be right: 27 of 30. */
  static final double MOST_FRAMES = 0.9;

  private final DiscTemplate[] looks;
  private final int resolution;
  private final float[] background;

  /** Creates a counter for these rollouts' system and renderer. */
  DiscCounter(RolloutGenerator rollouts) {
    looks = DiscTemplates.of(rollouts);
    background = DiscTemplates.background(rollouts);
    resolution = rollouts.renderer().resolution();
  }

  /**
   * Whether at least {@link #MOST_FRAMES} of a film's frames are right.
   *
   * @param film (frames, height, width, 3)
   */
  boolean right(float[] film) {
    int frames = film.length / (resolution * resolution * DiscTemplate.COLOURS);
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
  DiscFit verdict(float[] film, int frame) {
    float[] light = light(film, frame);
    DiscSearch search = new DiscSearch(looks, resolution, light);
    DiscFit best = DiscFit.of(search.find(), light);
    for (int b = 0; looks.length > 1 && !best.right() && b < looks.length; b++) {
      DiscFit other = DiscFit.of(search.find(b), light);
      if (other.right() || other.unexplained() < best.unexplained()) {
        best = other;
      }
    }
    return best;
  }

  /** The frame minus the background. */
  private float[] light(float[] film, int frame) {
    float[] light = new float[resolution * resolution * DiscTemplate.COLOURS];
    for (int i = 0; i < light.length; i++) {
      light[i] = film[frame * light.length + i] - background[i % DiscTemplate.COLOURS];
    }
    return light;
  }
}
