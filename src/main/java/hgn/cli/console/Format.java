package hgn.cli.console;

import hgn.evaluate.Measure;
import hgn.predict.Estimate;
import java.util.Locale;

/** Formats numbers. */
public final class Format {
  /** The text for an undefined number. */
  private static final String NONE = "-";

  private Format() {}

  /** A mean squared error in units of 1e-4, or that it is not finite. */
  public static String mse(double value) {
    return !Double.isFinite(value)
        ? "not finite"
        : String.format(Locale.ROOT, "%.2fe-4", 1e4 * value);
  }

  /** A mean squared error with the half width of its 95 % interval, if it has one. */
  public static String mse(Estimate score) {
    return mse(score.mean()) + (score.interval() > 0 ? " +- " + mse(score.interval()) : "");
  }

  /**
   * A measured value in its unit, with the half width of its 95 % interval if defined; a dash for
   * NaN.
   */
  public static String of(Estimate score, Measure.Unit unit) {
    return switch (unit) {
      case ERROR -> mse(score);
      case SHARE -> plain(score, "%.3f", "");
      case SECONDS -> plain(score, "%.3g", " s");
      case NUMBER -> plain(score, "%.3g", "");
    };
  }

  private static String plain(Estimate score, String format, String suffix) {
    if (Double.isNaN(score.mean())) {
      return NONE;
    }
    String text = String.format(Locale.ROOT, format, score.mean());
    return !(score.interval() > 0)
        ? text + suffix
        : text + " +- " + String.format(Locale.ROOT, format, score.interval()) + suffix;
  }

  /** A number with three significant digits. */
  public static String rounded(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f", value);
  }
}
