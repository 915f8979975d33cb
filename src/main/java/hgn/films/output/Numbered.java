package hgn.films.output;

/** Locale-independent numbers in file names. */
final class Numbered {
  private Numbered() {}

  /** Pads a number with zeros to at least {@code digits} digits. */
  static String of(int number, int digits) {
    String text = Integer.toString(number);
    return "0".repeat(Math.max(0, digits - text.length())) + text;
  }
}
