package hgn.tapeview;

/** Text within HTML and SVG. */
final class Markup {
  private Markup() {}

  /** Returns the text with markup characters escaped. */
  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
