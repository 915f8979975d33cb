package hgn.dynamics;

/** The class of energies for which an integrator has a property. */
public enum EnergyKind {
  /** None. */
  NONE,
  /** H = T(p) + V(q). */
  SEPARABLE,
  /** Every H(q, p). */
  ALL;

  /** Whether the property holds for an energy. */
  public boolean include(boolean separable) {
    return this == ALL || this == SEPARABLE && separable;
  }
}
