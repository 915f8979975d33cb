package hgn.autograd;

import java.util.List;

/**
 * Is told what a thread records, and when {@link Gradients} go back over it, by {@link
 * Tape#observe}. Walks may be nested: a pullback may ask for gradients.
 */
public interface TapeObserver {
  /** y has been recorded; {@link Var#inputs} says what it was computed from. */
  default void recorded(Var y) {}

  /**
   * Gradients begin to go back.
   *
   * @param path what they go through, each variable before those that it was computed from
   */
  default void walkBegins(List<Var> path) {}

  /**
   * They go back through y: what is recorded from here to the next call is what the pullbacks of y
   * compute, and the sums of what comes back to its inputs.
   */
  default void goesBackThrough(Var y) {}

  /** The gradients that began last are there. */
  default void walkEnds() {}
}
