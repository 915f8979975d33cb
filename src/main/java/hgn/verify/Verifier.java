package hgn.verify;

import hgn.dynamics.Integrator;

/**
 * Measures integrators on one problem, in the arena that is innermost at the call. All measurements
 * throw {@link hgn.dynamics.ImplicitStepException} if a step does not converge.
 */
public final class Verifier {
  private final TestProblem problem;
  private final double dt;
  private final int steps;
  private Order.Truth truth;

  /**
   * Creates a verifier with step size {@code dt}.
   *
   * @param steps number of steps over which the energy is followed
   */
  public Verifier(TestProblem problem, double dt, int steps) {
    if (!(dt > 0) || steps < 1) {
      throw new IllegalArgumentException(
          "[verify] dt is " + dt + " and steps is " + steps + "; both must be above 0");
    }
    this.problem = problem;
    this.dt = dt;
    this.steps = steps;
  }

  /** Makes all measurements of one integrator. */
  public Verification measure(Integrator integrator) {
    return new Verification(
        integrator,
        problem.separable(),
        problem.newton(),
        order(integrator),
        reversal(integrator),
        symplecticity(integrator),
        EnergyError.of(problem, integrator, steps, dt));
  }

  /** Measures the observed order; the first call computes the reference solution. */
  public Order order(Integrator integrator) {
    if (truth == null) {
      truth = Order.Truth.of(problem, dt);
    }
    return Order.of(problem, integrator, dt, truth);
  }

  /**
   * Measures the distance from the start after the steps, at most 64, and as many back: see {@link
   * Verification}.
   */
  public double reversal(Integrator integrator) {
    return ReversibilityError.error(problem, integrator, steps, dt);
  }

  /** Measures how far a step is from being symplectic: see {@link Verification}. */
  public double symplecticity(Integrator integrator) {
    return Symplecticity.defect(new StepJacobian(problem, integrator).of(dt));
  }
}
