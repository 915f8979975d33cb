package hgn.model;

import hgn.autograd.Var;

/**
 * A point in phase space, for each sample of a batch.
 *
 * @param q abstract positions, all that the decoder sees
 * @param p abstract momenta, of the shape of q
 */
public record PhaseState(Var q, Var p) {
  /** Checks that q and p have one shape. */
  public PhaseState {
    if (!q.shape().equals(p.shape())) {
      throw new IllegalArgumentException(
          "[phase state] q has shape " + q.shape() + ", p has " + p.shape() + "; they must agree");
    }
  }
}
