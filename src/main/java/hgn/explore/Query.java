package hgn.explore;

import hgn.text.Decimal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The parameters of a request, each checked as it is read. */
public final class Query {
  private final Map<String, String> values = new LinkedHashMap<>();

  /**
   * Parses what follows the question mark of an address; null for nothing.
   *
   * @throws RequestException if it is not {@code name=value&name=value}
   */
  Query(String raw) {
    if (raw == null || raw.isEmpty()) {
      return;
    }
    for (String pair : raw.split("&")) {
      int equals = pair.indexOf('=');
      if (equals < 1) {
        throw bad("'" + pair + "' is no name=value");
      }
      values.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
    }
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException broken) {
      throw bad("'" + text + "' is no part of an address");
    }
  }

  private static RequestException bad(String message) {
    return new RequestException(RequestException.BAD_REQUEST, message);
  }

  /** Returns whether the parameter is there. */
  boolean has(String name) {
    return values.containsKey(name);
  }

  /** Returns a text, or {@code usual} where it is left out. */
  String text(String name, String usual) {
    return values.getOrDefault(name, usual);
  }

  /** Returns a whole number from {@code least} to {@code most}, 0 where it is left out. */
  int whole(String name, int least, int most) {
    long value = wide(name);
    if (value < least || value > most) {
      throw bad(name + " = " + value + " must be from " + least + " to " + most);
    }
    return (int) value;
  }

  /** Returns any whole number, 0 where it is left out. */
  long wide(String name) {
    String text = text(name, "0");
    return Decimal.parseLong(text)
        .orElseThrow(() -> bad(name + " = '" + text + "' is no whole number"));
  }

  /** Returns a finite number from {@code least} to {@code most}. */
  double number(String name, double usual, double least, double most) {
    String text = values.get(name);
    return text == null ? usual : number(name, text, least, most);
  }

  static double number(String name, String text, double least, double most) {
    double value =
        Decimal.parseDouble(text).orElseThrow(() -> bad(name + " = '" + text + "' is no number"));
    if (value >= least && value <= most) {
      return value;
    }
    throw bad(name + " = " + text + " must be from " + least + " to " + most);
  }
}
