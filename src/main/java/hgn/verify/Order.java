package hgn.verify;

import hgn.autograd.Tape;
import hgn.dynamics.Integrator;
import hgn.dynamics.RungeKutta4;
import hgn.tensor.Arena;
import java.util.Arrays;
import org.hipparchus.stat.regression.SimpleRegression;

/**
 * The observed order of an integrator: the slope of its error after a fixed time against dt on
 * logarithmic axes.
 *
 * @param dts step sizes, each half of the previous one
 * @param errors root mean square errors over all elements of all states, after the time of eight of
 *     the largest steps
 * @param slope of the line through the last three errors above rounding; NaN if there are fewer
 *     than two
 */
public record Order(double[] dts, double[] errors, double slope) {
  private static final int HALVINGS = 5;
  private static final int STEPS = 8;
  private static final int FINER = 4;
  private static final double ROUNDING = 1e-12;
  private static final int POINTS = 3;

  /** The true state of a problem at the time at which errors are measured. */
  record Truth(double[][] end, double scale) {
    /** Computes it by the classical Runge-Kutta method, at a quarter of the smallest step. */
    static Truth of(TestProblem problem, double dt) {
      int parts = FINER << (HALVINGS - 1);
      double[][] end = endOf(problem, new RungeKutta4(), STEPS * parts, dt / parts);
      double scale = 1;
      for (double[] half : end) {
        scale = Math.max(scale, Arrays.stream(half).map(Math::abs).max().orElse(0));
      }
      return new Truth(end, scale);
    }
  }

  /**
   * Measures with {@code dt} as the largest step.
   *
   * @param truth true state for the same problem and dt
   */
  static Order of(TestProblem problem, Integrator integrator, double dt, Truth truth) {
    double[] dts = new double[HALVINGS];
    double[] errors = new double[HALVINGS];
    for (int i = 0; i < HALVINGS; i++) {
      dts[i] = dt / (1 << i);
      double[][] end = endOf(problem, integrator, STEPS << i, dts[i]);
      errors[i] = Distance.rms(end, truth.end());
    }
    return new Order(dts, errors, slope(dts, errors, ROUNDING * truth.scale()));
  }

  private static double[][] endOf(
      TestProblem problem, Integrator integrator, int steps, double dt) {
    try (Arena arena = Arena.open("verify order");
        Tape.Mode off = Tape.pause();
        Stepper stepper = new Stepper(problem, integrator)) {
      stepper.steps(steps, dt);
      return Distance.values(stepper.state());
    }
  }

  /** Least-squares slope through the last points above {@code floor}. */
  static double slope(double[] dts, double[] errors, double floor) {
    int last = errors.length;
    while (last > 0 && !(errors[last - 1] > floor)) {
      last--;
    }
    int first = Math.max(0, last - POINTS);
    SimpleRegression line = new SimpleRegression();
    for (int i = first; i < last; i++) {
      line.addData(Math.log(dts[i]), Math.log(errors[i]));
    }
    return line.getSlope();
  }
}
