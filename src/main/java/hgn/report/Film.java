package hgn.report;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A labelled sequence of square RGB frames.
 *
 * @param label short label to show beside the film
 * @param resolution pixels along each side
 * @param frames row-major (T, height, width, 3), nominally in [0, 1]; not copied
 */
public record Film(String label, int resolution, float[] frames) {
  private static final int CHANNELS = 3;

  /** Checks that the array holds a whole number of frames, at least one. */
  public Film {
    int frame = resolution * resolution * CHANNELS;
    if (resolution < 1 || frames.length == 0 || frames.length % frame != 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "[report] film '%s' has %d floats, which are not frames of %d x %d x 3",
              label,
              frames.length,
              resolution,
              resolution));
    }
  }

  /**
   * Creates a film, converting gray frames to RGB.
   *
   * @param colours channels, 1 or 3
   */
  public static Film of(String label, int resolution, int colours, float[] frames) {
    if (colours == CHANNELS) {
      return new Film(label, resolution, frames);
    }
    float[] shown = new float[CHANNELS * frames.length];
    for (int i = 0; i < shown.length; i++) {
      shown[i] = frames[i / CHANNELS];
    }
    return new Film(label, resolution, shown);
  }

  /** T, the number of frames. */
  public int length() {
    return frames.length / (resolution * resolution * CHANNELS);
  }

  /**
   * Arranges films of equal length and resolution in a square grid, row by row, as one film. Gaps
   * and unused cells are white.
   *
   * @param gap pixels between neighbours
   */
  public static Film grid(String label, List<Film> films, int gap) {
    Films.requireAlike(films);
    int size = films.get(0).resolution;
    int length = films.get(0).length();
    int columns = (int) Math.ceil(Math.sqrt(films.size()));
    int whole = columns * (size + gap) - gap;
    float[] frames = new float[Math.multiplyExact(length, whole * whole * CHANNELS)];
    Arrays.fill(frames, 1);
    for (int n = 0; n < films.size(); n++) {
      int top = n / columns * (size + gap);
      int left = n % columns * (size + gap);
      for (int row = 0; row < length * size; row++) {
        int t = row / size;
        int target = (t * whole + top + row % size) * whole + left;
        System.arraycopy(
            films.get(n).frames, row * size * CHANNELS, frames, target * CHANNELS, size * CHANNELS);
      }
    }
    return new Film(label, whole, frames);
  }

  /** A pixel as 0xRRGGBB, values outside [0, 1] clipped and NaN black. */
  public int rgb(int frame, int row, int column) {
    int at = ((frame * resolution + row) * resolution + column) * CHANNELS;
    return level(frames[at]) << 16 | level(frames[at + 1]) << 8 | level(frames[at + 2]);
  }

  /**
   * The difference of two films: white where they agree, up to dark red where the mean absolute
   * difference over the channels reaches {@code fullScale}.
   */
  public static Film difference(String label, Film a, Film b, double fullScale) {
    if (a.resolution != b.resolution || a.frames.length != b.frames.length) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "[report] films '%s' (%d frames of %d pixels) and '%s' (%d of %d) cannot be compared",
              a.label,
              a.length(),
              a.resolution,
              b.label,
              b.length(),
              b.resolution));
    }
    float[] heat = new float[a.frames.length];
    for (int i = 0; i < heat.length; i += CHANNELS) {
      double sum = 0;
      for (int c = 0; c < CHANNELS; c++) {
        sum += Math.abs(a.frames[i + c] - b.frames[i + c]);
      }
      double strength = Math.min(1, sum / CHANNELS / fullScale);
      heat[i] = (float) (1 - 0.4 * strength * strength);
      heat[i + 1] = (float) (1 - strength);
      heat[i + 2] = (float) (1 - strength);
    }
    return new Film(label, a.resolution, heat);
  }

  private static int level(float value) {
    return Math.round(255 * Math.max(0, Math.min(1, value)));
  }
}
