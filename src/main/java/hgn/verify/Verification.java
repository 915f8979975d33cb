package hgn.verify;

import hgn.dynamics.Integrator;

/**
 * The measurements of an integrator on a problem.
 *
 * @param integrator the integrator
 * @param separable whether the energy is H = T(p) + V(q)
 * @param newton whether H = |p|^2 / 2 + V(q)
 * @param order the observed order
 * @param reversal root mean square distance from the start after steps forward and as many backward
 * @param symplecticity the Frobenius norm of M^T Omega M - Omega for a step's Jacobian M
 * @param energy the error of H; if {@link #declaredOrder} is 0 it says nothing about the integrator
 */
public record Verification(
    Integrator integrator,
    boolean separable,
    boolean newton,
    Order order,
    double reversal,
    double symplecticity,
    EnergyError energy) {
  /** The integrator's declared order for such an energy. */
  public int declaredOrder() {
    return newton ? integrator.traits().newtonOrder() : integrator.traits().order(separable);
  }
}
