package hgn.cli.options;

import hgn.films.output.RolloutFormat;
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
 * Parses an enum constant from its printed word. The error message lists all words.
 *
 * @param <E> the enumeration
 */
public abstract class EnumConverter<E extends Enum<E>> implements ITypeConverter<E> {
  private final List<E> constants;

  protected EnumConverter(Class<E> type) {
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

  /** Parses {@link Split}. */
  public static final class Splits extends EnumConverter<Split> {
    public Splits() {
      super(Split.class);
    }
  }

  /** Parses {@link RolloutFormat}. */
  public static final class Formats extends EnumConverter<RolloutFormat> {
    public Formats() {
      super(RolloutFormat.class);
    }
  }

  /** Parses {@link FilmFormat}. */
  static final class FilmFormats extends EnumConverter<FilmFormat> {
    FilmFormats() {
      super(FilmFormat.class);
    }
  }

  /** Parses {@link Budget}. */
  public static final class Budgets extends EnumConverter<Budget> {
    public Budgets() {
      super(Budget.class);
    }
  }

  /** Parses {@link Precision}. */
  public static final class Precisions extends EnumConverter<Precision> {
    public Precisions() {
      super(Precision.class);
    }
  }
}
