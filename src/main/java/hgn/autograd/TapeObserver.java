package hgn.autograd;

import java.util.List;

/**
 * Observes what a thread records and the backward passes of {@link Gradients}; see {@link
 * Tape#observe}. Backward passes may be nested, since a pullback may compute gradients.
 */
public interface TapeObserver {
  /** Called after y has been recorded; {@link Var#inputs} gives its inputs. */
  default void recorded(Var y) {}

  /**
   * Called when a backward pass begins.
   *
   * @param path the variables that it visits, each before those that it was computed from
   */
  default void walkBegins(List<Var> path) {}

  /**
   * Called before the backward pass visits y. Operations recorded until the next call belong to the
   * pullbacks of y and to the sums of its inputs' cotangents.
   */
  default void goesBackThrough(Var y) {}

  /** Called when the innermost backward pass is complete. */
  default void walkEnds() {}
}
