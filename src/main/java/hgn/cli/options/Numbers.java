package hgn.cli.options;

import hgn.text.Decimal;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the numbers of all options as those of the configuration, see {@link Decimal}. */
public final class Numbers {
  private Numbers() {}

  /** Applies to the options of {@code line} and of its subcommands. */
  public static void read(CommandLine line) {
    ITypeConverter<Integer> small = word -> Math.toIntExact(whole(word, Integer.MAX_VALUE));
    ITypeConverter<Long> large = word -> whole(word, Long.MAX_VALUE);
    line.registerConverter(int.class, small).registerConverter(Integer.class, small);
    line.registerConverter(long.class, large).registerConverter(Long.class, large);
    line.registerConverter(double.class, Numbers::real)
        .registerConverter(Double.class, Numbers::real);
  }

  private static long whole(String word, long most) {
    long value =
        Decimal.parseLong(word)
            .orElseThrow(() -> refused(word, "is not a whole number of at most " + most));
    if (value > most || value < -most - 1) {
      throw refused(word, "is out of range; allowed: " + (-most - 1) + " to " + most);
    }
    return value;
  }

  private static double real(String word) {
    if (word.equals("NaN")) {
      return Double.NaN; // in no option's range, and the check of that can name it
    }
    return Decimal.parseDouble(word).orElseThrow(() -> refused(word, "is not a number"));
  }

  private static TypeConversionException refused(String word, String problem) {
    return new TypeConversionException("'" + word + "' " + problem);
  }
}
