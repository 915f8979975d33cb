package hgn.verify;

import hgn.model.integrators.Integrator;

/** Measures integrators on one subject. */
public final class Verifier {
  private final Subject subject;
  private final double dt;
  private final int steps;
  private final Order.Truth truth;

  /**
   * For measurements with steps of {@code dt}; integrates the subject finely once.
   *
   * @param steps of the motion along which the energy is followed
   */
  public Verifier(Subject subject, double dt, int steps) {
    if (!(dt > 0) || steps < 1) {
      throw new IllegalArgumentException(
          "[verify] dt is " + dt + " and the steps " + steps + "; both must be above 0");
    }
    this.subject = subject;
    this.dt = dt;
    this.steps = steps;
    this.truth = Order.Truth.of(subject, dt);
  }

  /**
   * Measures one integrator.
   *
   * @throws hgn.model.integrators.ImplicitStepException if a step does not converge
   */
  public Verification measure(Integrator integrator) {
    return new Verification(
        integrator,
        subject.separable(),
        Order.of(subject, integrator, dt, truth),
        Reversal.error(subject, integrator, steps, dt),
        Symplecticity.defect(new StepJacobian(subject, integrator).of(dt)),
        EnergyError.of(subject, integrator, steps, dt));
  }
}
