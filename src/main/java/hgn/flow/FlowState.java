package hgn.flow;

import hgn.autograd.Var;

/**
 * N points of phase space.
 *
 * @param q positions, the data, (N,d)
 * @param p momenta, (N,d)
 */
public record FlowState(Var q, Var p) {}
