package hgn.dynamics;

/**
 * What an integrator declares of itself.
 *
 * @param name in configurations
 * @param order of accuracy for an energy H(q, p) that need not be separable; 0 where the steps do
 *     not follow that energy's flow, however small they are
 * @param separableOrder of accuracy where H = T(p) + V(q)
 * @param symplectic where M^T Omega M = Omega for a step's Jacobian M, in the phase space that
 *     {@link Integrator#embed} leads to
 * @param reversible where a step of -dt undoes a step of dt, to rounding
 */
public record IntegratorTraits(
    String name, int order, int separableOrder, EnergyKind symplectic, EnergyKind reversible) {
  /** The order for an energy of which that is known. */
  public int order(boolean separable) {
    return separable ? separableOrder : order;
  }
}
