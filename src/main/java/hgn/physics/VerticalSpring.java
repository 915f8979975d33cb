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

  @Override
  public final void centres(double[] q, double[] xy) {
    xy[0] = 0;
    xy[1] = q[0];
  }
}
