package hgn.verify;

import hgn.model.integrators.Integrator;

/**
 * What was measured of an integrator on a subject.
 *
 * @param integrator which one
 * @param declaredOrder its order for such an energy
 * @param order observed
 * @param reversal root mean square of what is left after steps forward and as many backward
 * @param symplecticity the Frobenius norm of M^T Omega M - Omega for a step's Jacobian M
 * @param energy how H strays; where the declared order is 0 this says nothing of the integrator
 */
public record Verification(
    Integrator integrator,
    int declaredOrder,
    Order order,
    double reversal,
    double symplecticity,
    EnergyError energy) {}
