package hgn.mechanics;

import hgn.autograd.Var;

/** An analytic energy of phase space, on the tape. */
@FunctionalInterface
public interface Energy {
  /**
   * H(t, q, p) of each sample of a batch, in any dtype and on any backend.
   *
   * @param t time in seconds, the same for all; matters only where H depends on it
   * @param q coordinates, (N, n)
   * @param p canonical momenta, (N, n)
   * @return (N)
   */
  Var energy(double t, Var q, Var p);
}
