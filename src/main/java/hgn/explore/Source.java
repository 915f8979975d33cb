package hgn.explore;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where a film begins, as an address says it.
 *
 * @param kind of beginning
 * @param clip test clip, for {@link Kind#CLIP} and {@link Kind#MIX}
 * @param other the second clip of a mix
 * @param share of the second clip in a mix, from 0 to 1
 * @param seed of a sample
 * @param x of a point in the portrait's plane
 * @param y of a point
 * @param edits latents that are set, by their number
 */
record Source(
    Kind kind,
    int clip,
    int other,
    double share,
    long seed,
    double x,
    double y,
    Map<Integer, Double> edits) {
  private static final double FARTHEST = 1e6;

  /** Kinds of beginnings. */
  enum Kind {
    /** The state inferred from a test clip. */
    CLIP,
    /** Latents drawn from the prior. */
    SAMPLE,
    /** Latents between those of two clips. */
    MIX,
    /** A point of the portrait's plane. */
    POINT
  }

  /**
   * Reads a source.
   *
   * @param clips how many there are
   * @param latents numbers of z
   */
  static Source of(Query query, int clips, int latents) {
    Kind kind = kind(query.text("from", "clip"));
    Map<Integer, Double> edits = edits(query.text("z", ""), latents);
    if (kind == Kind.POINT && !edits.isEmpty()) {
      throw new RequestException(RequestException.BAD_REQUEST, "a point has no latents to set");
    }
    return new Source(
        kind,
        query.whole("clip", 0, clips - 1),
        query.whole("other", 0, clips - 1),
        query.number("share", 0, 0, 1),
        query.wide("seed"),
        query.number("x", 0, -FARTHEST, FARTHEST),
        query.number("y", 0, -FARTHEST, FARTHEST),
        edits);
  }

  private static Kind kind(String name) {
    return switch (name) {
      case "clip" -> Kind.CLIP;
      case "sample" -> Kind.SAMPLE;
      case "mix" -> Kind.MIX;
      case "point" -> Kind.POINT;
      default ->
          throw new RequestException(
              RequestException.BAD_REQUEST,
              "from = '" + name + "' is unknown; use clip, sample, mix or point");
    };
  }

  private static Map<Integer, Double> edits(String text, int latents) {
    Map<Integer, Double> edits = new LinkedHashMap<>();
    for (String edit : text.isEmpty() ? new String[0] : text.split(",")) {
      String[] parts = edit.split(":", 2);
      int index = (int) Query.number("z", parts[0], 0, latents - 1);
      edits.put(index, Query.number("z", parts.length < 2 ? "" : parts[1], -FARTHEST, FARTHEST));
    }
    return edits;
  }
}
