package hgn.physics;

/** A mass on a spring along the vertical centre line, drawn at (0, q). */
abstract class VerticalSpring extends OneBody implements ClosedForm {
  /** m in kg. */
  public static final double MASS = 0.5;

  /** k in N/m. */
  public static final double STIFFNESS = 2;

  VerticalSpring(Setting setting) {
    super(setting);
  }

  /**
   * Writes the state at time {@code t0 + elapsed} of the motion that passes through {@code s0} at
   * time {@code t0} to {@code dst[at]} and {@code dst[at + 1]}.
   */
  abstract void flow(double t0, double[] s0, double elapsed, double[] dst, int at);

  @Override
  public final void follow(double t0, double dt, double[] states) {
    for (int k = 1; 2 * k < states.length; k++) {
      flow(t0, states, k * dt, states, 2 * k);
    }
  }

  @Override
  public final void centres(double[] q, double[] xy) {
    xy[0] = 0;
    xy[1] = q[0];
  }
}
