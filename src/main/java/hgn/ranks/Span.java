package hgn.ranks;

/**
 * Numbers of a block: {@code count} from number {@code from} on; may be none.
 *
 * @param from the first
 * @param count how many
 */
public record Span(int from, int count) {
  /** The first half, the smaller one if they differ. */
  Span lower() {
    return new Span(from, count / 2);
  }

  /** The other half. */
  Span upper() {
    return new Span(from + count / 2, count - count / 2);
  }
}
