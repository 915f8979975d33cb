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
 * Reads one of an enumeration's words as they print; another one's message has all of them.
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

  /** Words for {@link Split}. */
  public static final class Splits extends EnumConverter<Split> {
    public Splits() {
      super(Split.class);
    }
  }

  /** Words for {@link RolloutFormat}. */
  public static final class Formats extends EnumConverter<RolloutFormat> {
    public Formats() {
      super(RolloutFormat.class);
    }
  }

  /** Words for {@link FilmFormat}. */
  static final class FilmFormats extends EnumConverter<FilmFormat> {
    FilmFormats() {
      super(FilmFormat.class);
    }
  }

  /** Words for {@link Budget}. */
  public static final class Budgets extends EnumConverter<Budget> {
    public Budgets() {
      super(Budget.class);
    }
  }

  /** Words for {@link Precision}. */
  public static final class Precisions extends EnumConverter<Precision> {
    public Precisions() {
      super(Precision.class);
    }
  }
}
