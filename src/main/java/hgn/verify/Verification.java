package hgn.verify;

import hgn.dynamics.Integrator;

/**
 * What was measured of an integrator on a subject.
 *
 * @param integrator which one
 * @param separable whether the energy is H = T(p) + V(q)
 * @param order observed
 * @param reversal root mean square of what is left after steps forward and as many backward
 * @param symplecticity the Frobenius norm of M^T Omega M - Omega for a step's Jacobian M
 * @param energy how H strays; where {@link #declaredOrder} is 0 this says nothing of the integrator
 */
public record Verification(
    Integrator integrator,
    boolean separable,
    Order order,
    double reversal,
    double symplecticity,
    EnergyError energy) {
  /** The integrator's order for such an energy. */
  public int declaredOrder() {
    return integrator.traits().order(separable);
  }
}
