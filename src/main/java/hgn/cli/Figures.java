package hgn.cli;

import hgn.evaluate.Measure;
import hgn.train.Score;
import java.util.Locale;

/** Numbers as people read them. */
final class Figures {
  /** What stands for a number that cannot be had. */
  private static final String NONE = "-";

  private Figures() {}

  /** A mean squared error in units of 1e-4, the field's usual ones. */
  static String mse(double value) {
    return String.format(Locale.ROOT, "%.2fe-4", 1e4 * value);
  }

  /** A mean squared error with half its 95 % interval. */
  static String mse(Score score) {
    return mse(score.mean()) + " +- " + mse(score.interval());
  }

  /** A measured value in its unit, with half its 95 % interval where it has one; NaN is a dash. */
  static String of(Score score, Measure.Unit unit) {
    return switch (unit) {
      case ERROR -> mse(score);
      case SHARE -> plain(score, "%.3f", "");
      case SECONDS -> plain(score, "%.3g", " s");
      case NUMBER -> plain(score, "%.3g", "");
    };
  }

  private static String plain(Score score, String format, String suffix) {
    if (Double.isNaN(score.mean())) {
      return NONE;
    }
    String text = String.format(Locale.ROOT, format, score.mean());
    return score.interval() == 0
        ? text + suffix
        : text + " +- " + String.format(Locale.ROOT, format, score.interval()) + suffix;
  }

  /** A number with the digits that matter. */
  static String rounded(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f", value);
  }

  /** Bytes in the unit that fits. */
  static String bytes(double bytes) {
    return bytes < 1e9
        ? String.format(Locale.ROOT, "%.0f MB", bytes / 1e6)
        : String.format(Locale.ROOT, "%.2f GB", bytes / 1e9);
  }
}
