package hgn.config;

import com.fasterxml.jackson.databind.JsonNode;
import hgn.text.Decimal;
import hgn.text.Hints;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/**
 * Parses one value of the configuration to the type of the record's component and checks its range.
 * Numbers are {@link Decimal}; a whole one may also be written as {@code 5e4}.
 */
final class ConfigValue {
  private static final Set<String> TRUE = Set.of("true", "yes", "on");
  private static final Set<String> FALSE = Set.of("false", "no", "off");

  private final String path;
  private final JsonNode node;
  private final RecordComponent component;

  private ConfigValue(String path, JsonNode node, RecordComponent component) {
    this.path = path;
    this.node = node;
    this.component = component;
  }

  /**
   * Parses the value of {@code component}.
   *
   * @throws ConfigException if the value has the wrong type or is not allowed
   */
  static Object parse(String path, JsonNode node, RecordComponent component) {
    if (node.isNull() || node.isMissingNode()) {
      throw new ConfigException(path + " has no value; give it one or leave the key out");
    }
    return new ConfigValue(path, node, component).parse();
  }

  private Object parse() {
    Class<?> type = component.getType();
    if (type == boolean.class) {
      return truth();
    } else if (type == int.class) {
      return (int) whole(Integer.MIN_VALUE, Integer.MAX_VALUE);
    } else if (type == long.class) {
      return whole(Long.MIN_VALUE, Long.MAX_VALUE);
    } else if (type == double.class) {
      return real();
    } else if (type == FramesIn.class) {
      return written("is not a number of frames", FramesIn::parse);
    } else if (type == FramesAtOnce.class) {
      return written("is not a number of frames", FramesAtOnce::parse);
    } else if (type == Noise.class) {
      return written("is not a standard deviation", Noise::parse);
    } else if (type == String.class) {
      return word(node);
    } else if (type == List.class) {
      return words();
    }
    throw new IllegalStateException("[config] no rule for " + type + " at " + path);
  }

  private boolean truth() {
    String word = node.asText().toLowerCase(Locale.ROOT);
    if (!TRUE.contains(word) && !FALSE.contains(word)) {
      throw wrong("is neither true nor false", "true, false");
    }
    return TRUE.contains(word);
  }

  private long whole(long least, long most) {
    BigDecimal number = number("is not a whole number");
    if (number.stripTrailingZeros().scale() > 0) {
      throw wrong("is not a whole number", bounds());
    }
    requireRange(number);
    if (number.compareTo(BigDecimal.valueOf(least)) < 0
        || number.compareTo(BigDecimal.valueOf(most)) > 0) {
      throw wrong(number.toString(), "is out of range", least + " to " + most);
    }
    return number.longValueExact();
  }

  private double real() {
    BigDecimal number = number("is not a number");
    requireRange(number);
    double value = number.doubleValue();
    if (!Double.isFinite(value)) {
      throw wrong("is out of range", bounds());
    }
    return value;
  }

  private BigDecimal number(String problem) {
    BigDecimal number =
        Decimal.parse(node.asText().strip()).orElseThrow(() -> wrong(problem, bounds()));
    if (Decimal.isHuge(number)) {
      throw wrong(number.toString(), "is out of range", bounds());
    }
    return number;
  }

  private void requireRange(BigDecimal number) {
    Range range = component.getAnnotation(Range.class);
    double value = number.doubleValue();
    if (range != null
        && (value < range.min()
            || value > range.max()
            || value <= range.above()
            || value >= range.below())) {
      throw wrong(number.toString(), "is out of range", bounds());
    }
  }

  private String bounds() {
    Range range = component.getAnnotation(Range.class);
    if (range == null) {
      return "any such number";
    }
    String low =
        Double.isFinite(range.above())
            ? "above " + plain(range.above())
            : Double.isFinite(range.min()) ? "at least " + plain(range.min()) : "";
    String high =
        Double.isFinite(range.below())
            ? "below " + plain(range.below())
            : Double.isFinite(range.max()) ? "at most " + plain(range.max()) : "";
    return low + (low.isEmpty() || high.isEmpty() ? "" : " and ") + high;
  }

  private static String plain(double bound) {
    return bound == Math.rint(bound) && Math.abs(bound) < 1e6
        ? Long.toString((long) bound)
        : Double.toString(bound);
  }

  private <T> T written(String problem, Function<String, T> parse) {
    try {
      return parse.apply(node.isContainerNode() ? "" : node.asText());
    } catch (IllegalArgumentException allowed) {
      throw wrong(problem, allowed.getMessage());
    }
  }

  /** Parses a list of words, or a single word. */
  private List<String> words() {
    if (!node.isArray()) {
      return List.of(word(node));
    }
    List<String> words = new ArrayList<>();
    node.forEach(element -> words.add(word(element)));
    return List.copyOf(words);
  }

  private String word(JsonNode written) {
    OneOf allowedWords = component.getAnnotation(OneOf.class);
    String word = written.isContainerNode() ? written.toString() : written.asText();
    if (allowedWords == null) { // a path; any text is allowed
      if (written.isContainerNode()) {
        throw wrong("is not text", "text; put it in quotes if it has brackets");
      }
      return word;
    }
    Choices choices = allowedWords.value();
    if (!choices.accepts(word)) {
      List<String> allowed = choices.names();
      throw wrong(
          word,
          "is unknown, the nearest is '" + Hints.nearest(word, allowed) + "'",
          String.join(", ", allowed));
    }
    return word;
  }

  /** A list or a section, with numbers as the user will have written them. */
  private static String shown(JsonNode container) {
    return container.toString().replaceAll("\"(-?[0-9.]+)\"(?!:)", "$1");
  }

  private ConfigException wrong(String problem, String allowed) {
    return wrong(node.isContainerNode() ? shown(node) : node.asText(), problem, allowed);
  }

  private ConfigException wrong(String value, String problem, String allowed) {
    return new ConfigException(path + ": '" + value + "' " + problem + "; allowed: " + allowed);
  }
}
