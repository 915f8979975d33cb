package hgn.verify;

import hgn.autograd.Tape;
import hgn.dynamics.Integrator;
import hgn.tensor.Arena;

/** Steps of dt and then as many of -dt, which should lead back. */
final class Reversal {
  /** Bound on the steps: on a chaotic motion rounding alone grows beyond it. */
  static final int MOST_STEPS = 64;

  private Reversal() {}

  /** Root mean square of what is left between the start and where the way back leads. */
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
