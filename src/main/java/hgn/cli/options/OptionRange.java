package hgn.cli.options;

import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Checks the ranges of options. Error messages name option, value and range. */
public final class OptionRange {
  private final CommandSpec spec;

  /** Creates checks for the options of this command. */
  public OptionRange(CommandSpec spec) {
    this.spec = spec;
  }

  /** Requires a whole number from {@code least} to {@code most}. */
  public void require(String option, long value, long least, long most) {
    if (value < least || value > most) {
      throw new ParameterException(
          spec.commandLine(),
          option + " " + value + " is out of range; it must be from " + least + " to " + most);
    }
  }

  /** Requires a number above 0 and at most {@code most}. */
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

  /** Requires a number from 0 to {@code most}. */
  void requireNotNegative(String option, double value, double most) {
    if (!(value >= 0 && value <= most)) {
      throw new ParameterException(
          spec.commandLine(),
          String.format(
              Locale.ROOT, "%s %s is out of range; it must be from 0 to %s", option, value, most));
    }
  }

  /** Returns a path without its required {@code extension}, which may be empty. */
  public String stem(String option, String path, String extension) {
    if (!path.endsWith(extension) || path.length() == extension.length()) {
      throw new ParameterException(
          spec.commandLine(), option + " " + path + " must be a file name ending in " + extension);
    }
    return path.substring(0, path.length() - extension.length());
  }
}
