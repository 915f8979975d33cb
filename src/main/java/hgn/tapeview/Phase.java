package hgn.tapeview;

/** When a node of the tape was recorded. */
public enum Phase {
  /** During the computation of values. */
  VALUE("value", "#dbe9f6", "#2f6da8"),
  /** During a backward pass over values: part of a gradient. */
  FIRST("first backward", "#fde4c4", "#b3660a"),
  /** During a backward pass over a first backward pass: part of a gradient of a gradient. */
  SECOND("second backward", "#e3d7f1", "#6b3fa0");

  private final String words;
  private final String fill;
  private final String line;

  Phase(String words, String fill, String line) {
    this.words = words;
    this.fill = fill;
    this.line = line;
  }

  /** The phase recorded by a backward pass over nodes of this phase or earlier ones. */
  Phase next() {
    return this == VALUE ? FIRST : SECOND;
  }

  /** Fill colour of a node, {@code #rrggbb}. */
  String fill() {
    return fill;
  }

  /** Border colour of a node, {@code #rrggbb}. */
  String line() {
    return line;
  }

  @Override
  public String toString() {
    return words;
  }
}
