package hgn.cli;

import hgn.films.RolloutFormat;
import hgn.frames.Split;
import hgn.report.FilmFormat;
import hgn.reproduce.Budget;
import hgn.tensor.Precision;
import hgn.text.Hints;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads one of an enumeration's words as they print; another one's message has all of them.
 *
 * @param <E> the enumeration
 */
abstract class Words<E extends Enum<E>> implements ITypeConverter<E> {
  private final List<E> constants;

  private Words(Class<E> type) {
    constants = List.of(type.getEnumConstants());
  }

  @Override
  public E convert(String word) {
    return constants.stream()
        .filter(constant -> constant.toString().equals(word))
        .findFirst()
        .orElseThrow(() -> new TypeConversionException(unknown(word)));
  }

  private String unknown(String word) {
    List<String> words = Stream.of(constants.toArray()).map(Object::toString).toList();
    return "'"
        + word
        + "' is unknown, the nearest is '"
        + Hints.nearest(word, words)
        + "'; allowed: "
        + String.join(", ", words);
  }

  /** Words for {@link Split}. */
  static final class Splits extends Words<Split> {
    Splits() {
      super(Split.class);
    }
  }

  /** Words for {@link RolloutFormat}. */
  static final class Formats extends Words<RolloutFormat> {
    Formats() {
      super(RolloutFormat.class);
    }
  }

  /** Words for {@link FilmFormat}. */
  static final class FilmFormats extends Words<FilmFormat> {
    FilmFormats() {
      super(FilmFormat.class);
    }
  }

  /** Words for {@link Budget}. */
  static final class Budgets extends Words<Budget> {
    Budgets() {
      super(Budget.class);
    }
  }

  /** Words for {@link Precision}. */
  static final class Precisions extends Words<Precision> {
    Precisions() {
      super(Precision.class);
    }
  }

  /** Words for {@link Bench.Part}. */
  static final class Parts extends Words<Bench.Part> {
    Parts() {
      super(Bench.Part.class);
    }
  }
}
