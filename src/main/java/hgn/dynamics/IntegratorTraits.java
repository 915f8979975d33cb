package hgn.dynamics;

/**
 * The properties of an integrator.
 *
 * @param name name in configurations
 * @param order order of accuracy for an energy H(q, p) that need not be separable; 0 if the steps
 *     do not converge to that energy's flow
 * @param separableOrder order of accuracy if H = T(p) + V(q)
 * @param newtonOrder order of accuracy if H = |p|^2 / 2 + V(q): all masses are 1
 * @param symplectic energies for which M^T Omega M = Omega for a step's Jacobian M, in the phase
 *     space of {@link Integrator#embed}
 * @param reversible energies for which a step of -dt undoes a step of dt, up to rounding
 */
public record IntegratorTraits(
    String name,
    int order,
    int separableOrder,
    int newtonOrder,
    EnergyKind symplectic,
    EnergyKind reversible) {
  /** Properties of an integrator to which masses of 1 mean nothing special. */
  public IntegratorTraits(
      String name, int order, int separableOrder, EnergyKind symplectic, EnergyKind reversible) {
    this(name, order, separableOrder, separableOrder, symplectic, reversible);
  }

  /** Returns the order for an energy that is, or is not, separable. */
  public int order(boolean separable) {
    return separable ? separableOrder : order;
  }
}
