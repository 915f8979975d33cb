package hgn.physics;

/** A system whose motion is known exactly, so that no solver is needed. */
interface ClosedForm extends PhysicalSystem {
  /**
   * Fills a row-major table (frames, 2n), whose first row is the state at time {@code t0}, with the
   * states at {@code t0 + k dt}; {@code dt} may be negative.
   */
  void follow(double t0, double dt, double[] states);
}
