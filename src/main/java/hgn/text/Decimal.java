package hgn.text;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The one notation of numbers, wherever a user writes them: settings, files of settings, options.
 *
 * <p>Numbers are decimal: {@code 010} is ten. A sign, a point, an exponent and underscores between
 * digits are allowed, as in {@code -1_000}, {@code .5}, {@code 5.}, {@code 1e3}; other bases,
 * sexagesimals, suffixes, other alphabets' digits, NaN and infinity are not.
 */
public final class Decimal {
  private static final String DIGITS = "[0-9]+(?:_[0-9]+)*";
  private static final Pattern NUMBER =
      Pattern.compile(
          "[+-]?(?:DIGITS(?:\\.(?:DIGITS)?)?|\\.DIGITS)(?:[eE][+-]?[0-9]{1,18})?"
              .replace("DIGITS", DIGITS));

  /** Longer words are not read: the time for a number of n digits grows as n^2. */
  private static final int LONGEST = 1000;

  /** Maximum digits of a number's integer part. Longer numbers are out of every range. */
  private static final int WHOLE_DIGITS = 400;

  private Decimal() {}

  /** Parses {@code word}; empty if it is not a number in this notation. */
  public static Optional<BigDecimal> parse(String word) {
    if (word.length() > LONGEST || !NUMBER.matcher(word).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new BigDecimal(word.replace("_", "")));
    } catch (NumberFormatException hugeExponent) {
      return Optional.empty();
    }
  }

  /** Whether a number has an integer part of so many digits that no type holds it. */
  public static boolean isHuge(BigDecimal number) {
    return Math.abs((long) number.precision() - number.scale()) > WHOLE_DIGITS;
  }

  /** Parses a whole number, which may be written as {@code 5e4}; empty if it is none that fits. */
  public static Optional<Long> parseLong(String word) {
    return parse(word)
        .filter(number -> !isHuge(number) && number.stripTrailingZeros().scale() <= 0)
        .filter(number -> number.toBigInteger().bitLength() < Long.SIZE)
        .map(BigDecimal::longValueExact);
  }

  /** Parses a finite number; empty if it is none. */
  public static Optional<Double> parseDouble(String word) {
    return parse(word).map(BigDecimal::doubleValue).filter(Double::isFinite);
  }
}
