/**
 * Measures integrators on energies, analytic or learnt, in float64: order, reversibility,
 * symplecticity and conservation of energy.
 *
 * <p>The error of H along a rollout is a property of the integrator only if the integrator is
 * consistent, that is, if its steps converge to q' = dH/dp and p' = -dH/dq. Otherwise H need not be
 * constant along the path, however small the steps are, and its error only measures how much H
 * differs from the energy whose flow is computed, if there is one. An observed order of 0 shows
 * this.
 *
 * <p>Time-dependent energies are not supported.
 */
package hgn.verify;
