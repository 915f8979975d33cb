package hgn.dynamics;

import hgn.autograd.custom.FixedPoint;

/** The equation of an implicit step was not solved. */
public final class ImplicitStepException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** The step is counted from 1. */
  public ImplicitStepException(
      Integrator integrator, int step, int steps, double dt, FixedPoint.Unsolved cause) {
    super(
        "["
            + integrator.name()
            + "] step "
            + step
            + " of "
            + steps
            + ", dt "
            + dt
            + ": "
            + cause.reason()
            + "; take a smaller dt, or more iterations with -D"
            + FixedPoint.SWITCH
            + "=N",
        cause);
  }
}
