package hgn.physics;

/** A system whose motion is known exactly, so that no solver is needed. */
interface ClosedForm extends PhysicalSystem {
  /**
   * Writes the state at time {@code t0 + elapsed} of the motion that goes through {@code s0} at
   * time {@code t0} to {@code dst[at .. at + 2n - 1]}; {@code elapsed} may be negative.
   */
  void flow(double t0, double[] s0, double elapsed, double[] dst, int at);
}
