package hgn.verify;

import hgn.autograd.Tape;
import hgn.dynamics.Integrator;
import hgn.tensor.Arena;

/** Steps of dt followed by as many of -dt, which should return to the start. */
final class ReversibilityError {
  /**
   * Bound on the steps; in more steps of a chaotic motion, rounding errors alone would dominate.
   */
  static final int MOST_STEPS = 64;

  private ReversibilityError() {}

  /** Root mean square distance from the start after the way back. */
  static double error(TestProblem problem, Integrator integrator, int steps, double dt) {
    try (Arena arena = Arena.open("verify reversal");
        Tape.Mode off = Tape.pause();
        Stepper stepper = new Stepper(problem, integrator)) {
      double[][] start = Distance.values(stepper.state());
      stepper.steps(Math.min(steps, MOST_STEPS), dt);
      stepper.steps(Math.min(steps, MOST_STEPS), -dt);
      return Distance.rms(start, Distance.values(stepper.state()));
    }
  }
}
