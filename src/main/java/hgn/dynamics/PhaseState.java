package hgn.dynamics;

import hgn.autograd.Var;
import hgn.autograd.ops.Layout;

/**
 * A point in phase space, for each sample of a batch.
 *
 * @param q abstract positions, the only input of the decoder
 * @param p abstract momenta, of the shape of q
 */
public record PhaseState(Var q, Var p) {
  /** Checks that q and p have the same shape. */
  public PhaseState {
    if (!q.shape().equals(p.shape())) {
      throw new IllegalArgumentException(
          "[phase state] q has shape " + q.shape() + ", p has " + p.shape() + "; they must agree");
    }
  }

  /** Splits the last axis: the first half is q, the second p. */
  public static PhaseState split(Var both) {
    int axis = both.shape().rank() - 1;
    int half = both.shape().dim(axis) / 2;
    return new PhaseState(Layout.slice(both, axis, 0, half), Layout.slice(both, axis, half, half));
  }
}
