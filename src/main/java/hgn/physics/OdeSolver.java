package hgn.physics;

import java.util.Arrays;
import java.util.Locale;
import org.hipparchus.exception.LocalizedCoreFormats;
import org.hipparchus.exception.MathIllegalStateException;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.ode.ODEState;
import org.hipparchus.ode.ODEStateAndDerivative;
import org.hipparchus.ode.OrdinaryDifferentialEquation;
import org.hipparchus.ode.nonstiff.DormandPrince853Integrator;
import org.hipparchus.ode.sampling.ODEStateInterpolator;
import org.hipparchus.ode.sampling.ODEStepHandler;

/**
 * Ground truth by Dormand and Prince's adaptive Runge-Kutta method of order 8(5,3), in float64. One
 * integration covers all frames, and each frame is read from the step's dense output of order 7. At
 * the default tolerance the states of 60 frames are within 2e-9 of a solution at 1e-14 that
 * restarts at every frame (pendulum; spring: 4e-11).
 *
 * <p>Immutable and safe to share between threads: every call owns its integrator.
 */
public final class OdeSolver {
  /** Default tolerance of the relative and absolute error of a step. */
  public static final double DEFAULT_TOLERANCE = 1e-11;

  /** Least step: in float64, smaller ones are lost in the rounding of t. */
  private static final double MIN_STEP = 1e-12;

  private final double tolerance;

  /** A solver at {@link #DEFAULT_TOLERANCE}. */
  public OdeSolver() {
    this(DEFAULT_TOLERANCE);
  }

  /** A solver that allows {@code tolerance} both as relative and as absolute error of a step. */
  public OdeSolver(double tolerance) {
    if (!(tolerance > 0 && tolerance <= 1e-9)) {
      throw new IllegalArgumentException(
          "[ode] tolerance is " + tolerance + "; ground truth needs it in (0, 1e-9]");
    }
    this.tolerance = tolerance;
  }

  /**
   * Returns the states at t0 + k dt, k = 0 .. frames-1, of the motion that passes through {@code
   * initial} at t0.
   *
   * @param t0 seconds; matters only where H depends on time
   * @param initial (q, p), 2n finite numbers; not modified
   * @param frames at least 1
   * @param dt time between frames, not 0; negative runs backward
   * @throws IllegalArgumentException if an argument is outside its range
   * @throws MotionException if the solver cannot hold its tolerance, as at a collision of bodies
   */
  public PhasePath solve(
      PhysicalSystem system, double t0, double[] initial, int frames, double dt) {
    check(system, t0, initial, frames, dt);
    double[] states = new double[frames * initial.length];
    System.arraycopy(initial, 0, states, 0, initial.length);
    if (frames > 1) {
      double duration = (frames - 1) * dt;
      var integrator =
          new DormandPrince853Integrator(MIN_STEP, Math.abs(duration), tolerance, tolerance);
      integrator.addStepHandler(new FrameReader(states, initial.length, t0, dt));
      try {
        integrator.integrate(
            new Equations(system, initial.length), new ODEState(t0, initial), t0 + duration);
      } catch (MathRuntimeException e) {
        throw new MotionException(
            String.format(
                Locale.ROOT,
                "[ode] %s cannot be integrated from %s over %d frames of dt %s at tolerance %s: %s",
                system.name(),
                Arrays.toString(initial),
                frames,
                dt,
                tolerance,
                e.getMessage()));
      }
    }
    return new PhasePath(system.degreesOfFreedom(), dt, states);
  }

  static void check(PhysicalSystem system, double t0, double[] initial, int frames, double dt) {
    int width = 2 * system.degreesOfFreedom();
    if (initial.length != width) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "[ode] initial state has %d entries, %s expects (q, p) of %d",
              initial.length,
              system.name(),
              width));
    }
    if (!isFinite(initial)) {
      throw new IllegalArgumentException(
          "[ode] initial state is not finite: " + Arrays.toString(initial));
    }
    if (!Double.isFinite(t0)) {
      throw new IllegalArgumentException("[ode] t0 is " + t0 + "; it must be finite");
    }
    if (frames < 1) {
      throw new IllegalArgumentException("[ode] frames is " + frames + "; it must be at least 1");
    }
    if (dt == 0 || !Double.isFinite(dt)) {
      throw new IllegalArgumentException("[ode] dt is " + dt + "; it must be finite and not 0");
    }
  }

  private static boolean isFinite(double[] s) {
    for (double value : s) {
      if (!Double.isFinite(value)) {
        return false;
      }
    }
    return true;
  }

  /** Adapts the system's equations to the solver's interface. */
  private record Equations(PhysicalSystem system, int getDimension)
      implements OrdinaryDifferentialEquation {
    @Override
    public double[] computeDerivatives(double t, double[] s) {
      double[] dsdt = new double[s.length];
      system.derivatives(t, s, dsdt);
      return dsdt;
    }
  }

  /** Copies the frames within each accepted step. */
  private static final class FrameReader implements ODEStepHandler {
    private final double[] states;
    private final int width;
    private final double t0;
    private final double dt;
    private int next = 1;

    FrameReader(double[] states, int width, double t0, double dt) {
      this.states = states;
      this.width = width;
      this.t0 = t0;
      this.dt = dt;
    }

    @Override
    public void handleStep(ODEStateInterpolator step) {
      double now = step.getCurrentState().getTime();
      if (!isFinite(step.getCurrentState().getPrimaryState())) {
        throw new MathIllegalStateException(
            LocalizedCoreFormats.SIMPLE_MESSAGE, "not finite at t = " + now);
      }
      while (next * width < states.length && Math.abs(next * dt) <= Math.abs(now - t0)) {
        double[] s = step.getInterpolatedState(t0 + next * dt).getPrimaryState();
        System.arraycopy(s, 0, states, next * width, width);
        next++;
      }
    }

    @Override
    public void finish(ODEStateAndDerivative end) {
      // The last step may stop a rounding error short of the last frame.
      if (next * width < states.length) {
        System.arraycopy(end.getPrimaryState(), 0, states, states.length - width, width);
      }
    }
  }
}
