package hgn.verify;

import hgn.autograd.Tape;
import hgn.dynamics.Integrator;
import hgn.dynamics.PhaseState;
import hgn.tensor.Arena;
import java.util.Arrays;
import org.hipparchus.stat.regression.SimpleRegression;

/**
 * The error of H along a motion.
 *
 * @param times times, starting at 0
 * @param deviations |H(t) - H(0)| at each time, mean over the states; NaN once a motion is no
 *     longer finite
 * @param drift least-squares slope of the mean of H(t) - H(0), per unit of time
 */
public record EnergyError(double[] times, double[] deviations, double drift) {
  /** The largest deviation; NaN if one is not finite. */
  public double largest() {
    return Arrays.stream(deviations).max().orElseThrow();
  }

  /** Follows the motion for {@code steps} steps. */
  static EnergyError of(TestProblem problem, Integrator integrator, int steps, double dt) {
    try (Arena arena = Arena.open("verify energy");
        Tape.Mode off = Tape.pause();
        Stepper stepper = new Stepper(problem, integrator)) {
      double[] start = energies(problem, stepper.state());
      double[] times = new double[steps + 1];
      double[] deviations = new double[steps + 1];
      SimpleRegression line = new SimpleRegression();
      line.addData(0, 0);
      stepper.steps(
          steps,
          dt,
          i -> {
            times[i] = i * dt;
            double change = 0;
            double[] now = energies(problem, stepper.state());
            for (int n = 0; n < now.length; n++) {
              deviations[i] += Math.abs(now[n] - start[n]) / now.length;
              change += (now[n] - start[n]) / now.length;
            }
            line.addData(times[i], change);
          });
      return new EnergyError(times, deviations, line.getSlope());
    }
  }

  private static double[] energies(TestProblem problem, PhaseState state) {
    try (Arena scratch = Arena.open("verify energies")) {
      return problem.hamiltonian().energy(state.q(), state.p()).value().toDoubles();
    }
  }
}
