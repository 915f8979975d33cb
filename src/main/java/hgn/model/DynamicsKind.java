package hgn.model;

import java.util.List;

/**
 * The law that advances a state in time. Its network has the layers of {@link HgnSpec#hamiltonian}.
 */
public enum DynamicsKind {
  /** Hamilton's equations, with one energy H(q, p): {@link HamiltonianNet}. */
  JOINT,
  /** Hamilton's equations, with H = T(p) + V(q): {@link SeparableHamiltonian}. */
  SEPARABLE,
  /** No energy: a network predicts the rates of q and p, {@link DirectDynamics}. */
  DIRECT;

  /** Forms of an energy, by their names in configurations. */
  public static final List<String> ENERGIES = List.of("joint", "separable");

  /** Kinds of dynamics, by their names in configurations. */
  public static final List<String> DYNAMICS = List.of("hamiltonian", "direct");

  /** Returns the kind of these names; direct dynamics ignore the form of the energy. */
  public static DynamicsKind of(String dynamics, String energy) {
    if (dynamics.equals("direct")) {
      return DIRECT;
    }
    return energy.equals("separable") ? SEPARABLE : JOINT;
  }
}
