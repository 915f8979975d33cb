package hgn.films.arrays;

import hgn.films.source.DamagedFilmException;
import java.nio.file.Path;

/** The number for white in an array of films: 1 or 255. */
enum ValueRange {
  UNIT(1),
  BYTES(255);

  /** Tolerance for overshoot from image resampling; such values are clipped. */
  private static final double SLACK = 0.01;

  private final double white;

  ValueRange(double white) {
    this.white = white;
  }

  /** The range of an array whose largest number is {@code most}. */
  static ValueRange of(double most) {
    return most > UNIT.white * (1 + SLACK) ? BYTES : UNIT;
  }

  /**
   * Scales a number to [0, 1].
   *
   * @throws DamagedFilmException if it is out of range
   */
  float share(double value, Path file) {
    if (!(value >= -SLACK * white && value <= (1 + SLACK) * white)) {
      throw new DamagedFilmException(
          file, "a pixel is " + value + ", which is neither in [0, 1] nor in [0, 255]");
    }
    return (float) Math.min(1, Math.max(0, value / white));
  }
}
