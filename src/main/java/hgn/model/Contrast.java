package hgn.model;

import hgn.autograd.Var;
import hgn.autograd.ops.Arithmetic;

/**
 * How the encoder sees frames x: as factor (x - level), where level is the background's mean, or as
 * x itself if factor is 0.
 *
 * <p>A body covers few pixels: the frames of three bodies differ from the background by 0.03 (root
 * mean square) while the background itself is 0.34. At the quick preset's initial weights the
 * posterior's mean then varies between films by 0.016, compared with noise of 1, and the latents
 * stay unused. Subtraction before the first layer also makes its zero padding equal to the
 * background.
 *
 * @param factor factor on the difference from the background; 0 to take frames as they are
 * @param level level of the background, the mean of its colours, in [0, 1]
 */
public record Contrast(double factor, double level) {
  /** Frames as they are. */
  public static final Contrast NONE = new Contrast(0, 0);

  /** Refuses a negative factor. */
  public Contrast {
    if (!(factor >= 0)) {
      throw new IllegalArgumentException(
          "[model] a contrast of " + factor + " has no meaning; give 0, or a factor above it");
    }
  }

  /** Whether frames stay as they are. */
  boolean isNone() {
    return factor == 0;
  }

  /** Returns frames of any shape as the encoder sees them. */
  Var apply(Var frames) {
    return isNone() ? frames : Arithmetic.affine(frames, factor, -factor * level);
  }
}
