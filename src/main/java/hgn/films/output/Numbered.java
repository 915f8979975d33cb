package hgn.films.output;

/** Numbers in names of files, whose digits are those of every locale. */
final class Numbered {
  private Numbered() {}

  /** A number with zeros before it, to so many digits at least. */
  static String of(int number, int digits) {
    String text = Integer.toString(number);
    return "0".repeat(Math.max(0, digits - text.length())) + text;
  }
}
