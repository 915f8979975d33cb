package hgn.verify;

import hgn.dynamics.Integrator;

/**
 * Measures integrators on one subject, all in the arena that is innermost at the call. Each of them
 * throws {@link hgn.dynamics.ImplicitStepException} if a step does not converge.
 */
public final class Verifier {
  private final TestProblem problem;
  private final double dt;
  private final int steps;
  private Order.Truth truth;

  /**
   * For measurements with steps of {@code dt}.
   *
   * @param steps of the motion along which the energy is followed
   */
  public Verifier(TestProblem problem, double dt, int steps) {
    if (!(dt > 0) || steps < 1) {
      throw new IllegalArgumentException(
          "[verify] dt is " + dt + " and the steps " + steps + "; both must be above 0");
    }
    this.problem = problem;
    this.dt = dt;
    this.steps = steps;
  }

  /** Measures all of one integrator. */
  public Verification measure(Integrator integrator) {
    return new Verification(
        integrator,
        problem.separable(),
        order(integrator),
        reversal(integrator),
        symplecticity(integrator),
        EnergyError.of(problem, integrator, steps, dt));
  }

  /** Its observed order; the first call integrates the subject finely. */
  public Order order(Integrator integrator) {
    if (truth == null) {
      truth = Order.Truth.of(problem, dt);
    }
    return Order.of(problem, integrator, dt, truth);
  }

  /** What is left after the steps, at most 64, and as many back: see {@link Verification}. */
  public double reversal(Integrator integrator) {
    return Reversal.error(problem, integrator, steps, dt);
  }

  /** How far a step is from being symplectic: see {@link Verification}. */
  public double symplecticity(Integrator integrator) {
    return Symplecticity.defect(new StepJacobian(problem, integrator).of(dt));
  }
}
