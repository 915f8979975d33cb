package hgn.graph;

/** Text within HTML and SVG. */
final class Markup {
  private Markup() {}

  /** The text with what would be markup written so that it is none. */
  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
