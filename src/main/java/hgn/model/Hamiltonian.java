package hgn.model;

import hgn.autograd.Var;

/** An energy function of phase space, learnt or analytic, on the tape. */
@FunctionalInterface
public interface Hamiltonian {
  /** H(q, p) for each sample of the batch, shape (N). */
  Var energy(Var q, Var p);
}
