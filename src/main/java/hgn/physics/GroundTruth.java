package hgn.physics;

/**
 * The true motion of any system: its closed form if it has one, otherwise the {@link OdeSolver}.
 * Immutable and safe to share between threads.
 */
public final class GroundTruth {
  private final OdeSolver solver = new OdeSolver();

  /** Whether the system's motion has a closed form, which is exact and cheap. */
  public static boolean isClosedForm(PhysicalSystem system) {
    return system instanceof ClosedForm;
  }

  /**
   * Returns the states at {@code t0 + k dt}, k = 0 .. frames-1, of the motion that passes through
   * {@code initial} at {@code t0}.
   *
   * @param t0 seconds; matters only where H depends on time
   * @param initial (q, p), 2n finite numbers; not modified
   * @param frames at least 1
   * @param dt time between frames, not 0; negative runs backward
   * @throws IllegalArgumentException if an argument is outside its range
   * @throws MotionException if the solver cannot hold its tolerance, as at a collision of bodies
   */
  public PhasePath of(PhysicalSystem system, double t0, double[] initial, int frames, double dt) {
    if (!(system instanceof ClosedForm exact)) {
      return solver.solve(system, t0, initial, frames, dt);
    }
    OdeSolver.check(system, t0, initial, frames, dt);
    double[] states = new double[frames * initial.length];
    System.arraycopy(initial, 0, states, 0, initial.length);
    exact.follow(t0, dt, states);
    return new PhasePath(system.degreesOfFreedom(), dt, states);
  }
}
