package hgn.cli.options;

import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Checks that options are within their ranges; the message names option, value and range. */
public final class OptionRange {
  private final CommandSpec spec;

  /** For the options of this command. */
  public OptionRange(CommandSpec spec) {
    this.spec = spec;
  }

  /** A whole number from {@code least} to {@code most}. */
  public void require(String option, long value, long least, long most) {
    if (value < least || value > most) {
      throw new ParameterException(
          spec.commandLine(),
          option + " " + value + " is out of range; it must be from " + least + " to " + most);
    }
  }

  /** A number above 0 and at most {@code most}. */
  public void requirePositive(String option, double value, double most) {
    if (!(value > 0 && value <= most)) {
      throw new ParameterException(
          spec.commandLine(),
          String.format(
              Locale.ROOT,
              "%s %s is out of range; it must be above 0 and at most %s",
              option,
              value,
              most));
    }
  }

  /** A number of at least 0 and at most {@code most}. */
  void requireNotNegative(String option, double value, double most) {
    if (!(value >= 0 && value <= most)) {
      throw new ParameterException(
          spec.commandLine(),
          String.format(
              Locale.ROOT, "%s %s is out of range; it must be from 0 to %s", option, value, most));
    }
  }

  /** The beginning of a path that ends in {@code extension}, which may be nothing. */
  public String stem(String option, String path, String extension) {
    if (!path.endsWith(extension) || path.length() == extension.length()) {
      throw new ParameterException(
          spec.commandLine(), option + " " + path + " must be a file name ending in " + extension);
    }
    return path.substring(0, path.length() - extension.length());
  }
}
