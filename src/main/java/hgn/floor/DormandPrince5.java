package hgn.floor;

import hgn.physics.MotionException;
import hgn.physics.PhysicalSystem;

/**
 * The embedded Runge-Kutta pair of order 5(4) of Dormand and Prince ("A family of embedded
 * Runge-Kutta formulae", 1980), with first-same-as-last (FSAL). Steps end at every frame.
 *
 * <p>Intended for tolerances as large as the noise permits, at which a step is about one frame
 * long.
 */
final class DormandPrince5 {
  private static final double[] NODE = {0, 1 / 5.0, 3 / 10.0, 4 / 5.0, 8 / 9.0, 1, 1};
  private static final double[][] STAGE = {
    {},
    {1 / 5.0},
    {3 / 40.0, 9 / 40.0},
    {44 / 45.0, -56 / 15.0, 32 / 9.0},
    {19372 / 6561.0, -25360 / 2187.0, 64448 / 6561.0, -212 / 729.0},
    {9017 / 3168.0, -355 / 33.0, 46732 / 5247.0, 49 / 176.0, -5103 / 18656.0},
    {35 / 384.0, 0, 500 / 1113.0, 125 / 192.0, -2187 / 6784.0, 11 / 84.0}
  };
  private static final double[] ERROR = {
    71 / 57600.0, 0, -71 / 16695.0, 71 / 1920.0, -17253 / 339200.0, 22 / 525.0, -1 / 40.0
  };
  private static final double SAFETY = 0.9;
  private static final double MIN_CHANGE = 0.2;
  private static final double MAX_CHANGE = 5;
  private static final double ORDER = 5;

  /** Maximum steps per frame, exceeded for instance at a collision. */
  private static final int MAX_STEPS = 500;

  private final PhysicalSystem system;
  private final double tolerance;

  /** Creates a solver with this absolute error per step. */
  DormandPrince5(PhysicalSystem system, double tolerance) {
    this.system = system;
    this.tolerance = tolerance;
  }

  /**
   * Writes the coordinates q at 0, dt, 2 dt, ... to {@code path}, row-major (frames, n).
   *
   * @return whether the motion could be computed; if not, {@code path} is undefined
   */
  boolean follow(double[] initial, int frames, double dt, double[] path) {
    try {
      return new Run(initial).follow(frames, dt, path);
    } catch (MotionException impossible) {
      return false;
    }
  }

  /** The state of one integration. */
  private final class Run {
    private final int n = system.degreesOfFreedom();
    private final double[][] slope = new double[NODE.length][2 * n];
    private double[] state;
    private double[] next = new double[2 * n];

    Run(double[] initial) {
      state = initial.clone();
    }

    boolean follow(int frames, double dt, double[] path) {
      system.derivatives(0, state, slope[0]);
      System.arraycopy(state, 0, path, 0, n);
      double step = dt;
      for (int t = 1; t < frames; t++) {
        step = frame((t - 1) * dt, t * dt, step);
        if (step == 0) {
          return false;
        }
        System.arraycopy(state, 0, path, t * n, n);
      }
      return true;
    }

    /** Integrates to the next frame and returns the next trial step, or 0 on failure. */
    private double frame(double from, double to, double first) {
      double time = from;
      double step = first;
      for (int i = 0; i < MAX_STEPS; i++) {
        boolean arrives = Math.abs(step) >= Math.abs(to - time);
        double h = arrives ? to - time : step;
        double error = attempt(time, h) / tolerance;
        if (Double.isNaN(error)) {
          return 0;
        }
        double change = SAFETY * Math.pow(error, -1 / ORDER);
        double suited = h * Math.max(MIN_CHANGE, Math.min(MAX_CHANGE, change));
        if (error <= 1) {
          accept();
          time += h;
          if (arrives) {
            return Math.abs(suited) > Math.abs(step) ? suited : step;
          }
        }
        step = suited;
      }
      return 0;
    }

    /**
     * Writes the state after {@code h} to {@link #next} and returns its largest estimated error.
     */
    private double attempt(double time, double h) {
      for (int stage = 1; stage < NODE.length; stage++) {
        double[] weight = STAGE[stage];
        for (int i = 0; i < next.length; i++) {
          double sum = 0;
          for (int k = 0; k < stage; k++) {
            sum += weight[k] * slope[k][i];
          }
          next[i] = state[i] + h * sum;
        }
        system.derivatives(time + NODE[stage] * h, next, slope[stage]);
      }
      double largest = 0;
      for (int i = 0; i < next.length; i++) {
        double sum = 0;
        for (int k = 0; k < ERROR.length; k++) {
          sum += ERROR[k] * slope[k][i];
        }
        largest = Math.max(largest, Math.abs(h * sum));
      }
      return largest;
    }

    private void accept() {
      double[] old = state;
      state = next;
      next = old;
      double[] first = slope[0];
      slope[0] = slope[NODE.length - 1];
      slope[NODE.length - 1] = first;
    }
  }
}
