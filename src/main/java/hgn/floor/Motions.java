package hgn.floor;

import hgn.physics.GroundTruth;
import hgn.physics.MotionException;
import hgn.physics.PhasePath;
import hgn.physics.PhysicalSystem;

/**
 * Fast computation of motions: closed forms if available, else a solver whose error is far below
 * the noise on the frames. Thread-safe.
 */
final class Motions {
  /** Tolerance of a step, in standard deviations of the noise or in pixels, whichever is less. */
  private static final double SHARE = 1e-4;

  /** Pixels per half width of the world in 32x32 frames. */
  private static final double HALF_FRAME = 16;

  private final PhysicalSystem system;
  private final double dt;
  private final GroundTruth truth = new GroundTruth();
  private final DormandPrince5 solver;
  private final boolean exact;

  /** Creates motions of a system with frames {@code dt} apart. */
  Motions(PhysicalSystem system, double dt, double sigma) {
    this.system = system;
    this.dt = dt;
    this.exact = GroundTruth.isClosedForm(system);
    double pixel = system.worldHalfWidth() / HALF_FRAME;
    this.solver = new DormandPrince5(system, SHARE * Math.min(sigma, pixel));
  }

  /**
   * Writes the coordinates q of the first {@code frames} frames to {@code path}, row-major (frames,
   * n), from the state {@code initial} at time 0.
   *
   * @return whether the motion could be computed
   */
  boolean follow(double[] initial, int frames, double[] path) {
    if (!exact) {
      return solver.follow(initial, frames, dt, path);
    }
    try {
      PhasePath motion = truth.of(system, 0, initial, frames, dt);
      int n = motion.degreesOfFreedom();
      for (int t = 0; t < frames; t++) {
        for (int i = 0; i < n; i++) {
          path[t * n + i] = motion.q(t, i);
        }
      }
      return true;
    } catch (MotionException impossible) {
      return false;
    }
  }
}
