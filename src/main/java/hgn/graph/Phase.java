package hgn.graph;

/** When a node of the tape was recorded. */
public enum Phase {
  /** While values were computed. */
  VALUE("value", "#dbe9f6", "#2f6da8"),
  /** By a walk back over values: it is part of a gradient. */
  FIRST("first backward", "#fde4c4", "#b3660a"),
  /** By a walk back over a first backward: it is part of a gradient of a gradient. */
  SECOND("second backward", "#e3d7f1", "#6b3fa0");

  private final String words;
  private final String fill;
  private final String line;

  Phase(String words, String fill, String line) {
    this.words = words;
    this.fill = fill;
    this.line = line;
  }

  /** The phase of what a walk over nodes of this phase at most records. */
  Phase next() {
    return this == VALUE ? FIRST : SECOND;
  }

  /** Colour of a node's face, {@code #rrggbb}. */
  String fill() {
    return fill;
  }

  /** Colour of a node's border, {@code #rrggbb}. */
  String line() {
    return line;
  }

  @Override
  public String toString() {
    return words;
  }
}
