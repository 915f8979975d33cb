package hgn.nhf;

import hgn.autograd.Var;

/**
 * N points of phase space.
 *
 * @param q positions, the data, (N,d)
 * @param p momenta, (N,d)
 */
public record NhfState(Var q, Var p) {}
