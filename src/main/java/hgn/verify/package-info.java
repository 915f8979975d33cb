/**
 * Measures integrators on energies, analytic or learnt, in float64: order, reversibility,
 * symplecticity and how well the energy is kept.
 *
 * <p>How far H strays along a rollout is a property of the integrator only where the integrator
 * follows H, that is, where its steps tend to q' = dH/dp and p' = -dH/dq. Where it moves q by
 * something else, H has no reason to be constant along the path, however small the steps are, and
 * its deviation measures nothing but how different H is from the energy whose flow is computed, if
 * there is any. An observed order of 0 shows this.
 *
 * <p>Energies that depend on time are beyond this package.
 */
package hgn.verify;
