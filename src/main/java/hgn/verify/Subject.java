package hgn.verify;

import hgn.model.Hamiltonian;
import hgn.model.PhaseState;
import hgn.tensor.DType;

/**
 * What integrators are measured on.
 *
 * @param name for tables
 * @param hamiltonian the energy
 * @param separable whether H = T(p) + V(q)
 * @param start states from which motions begin, in float64 on the plain Java backend; owned by the
 *     caller
 */
public record Subject(String name, Hamiltonian hamiltonian, boolean separable, PhaseState start) {
  /** Checks the precision. */
  public Subject {
    if (start.q().dtype() != DType.FLOAT64) {
      throw new IllegalArgumentException(
          "[verify] states of "
              + name
              + " are "
              + start.q()
              + "; float64 is needed to see errors of rounding alone");
    }
  }

  /** Number of states. */
  public int states() {
    return start.q().shape().dim(0);
  }
}
