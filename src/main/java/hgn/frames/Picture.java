package hgn.frames;

import hgn.physics.MotionException;
import hgn.physics.PhasePath;
import hgn.physics.PhysicalSystem;
import java.util.Locale;

/** The part of the world that films show. */
final class Picture {
  private Picture() {}

  /**
   * Checks that every body's centre is in [-w, w] x [-w, w] at every frame of {@code path}, if the
   * system {@linkplain PhysicalSystem#staysInPicture requires} this.
   *
   * @throws MotionException naming the first body that is not
   */
  static void requireWithin(PhysicalSystem system, PhasePath path, long index) {
    if (!system.staysInPicture()) {
      return;
    }
    double w = system.worldHalfWidth();
    double[] q = new double[system.degreesOfFreedom()];
    double[] xy = new double[2 * system.bodies()];
    for (int k = 0; k < path.frames(); k++) {
      path.readQ(k, q);
      system.centres(q, xy);
      for (int i = 0; i < xy.length; i++) {
        if (!(Math.abs(xy[i]) <= w)) {
          throw new MotionException(
              String.format(
                  Locale.ROOT,
                  "[frames] %s: body %d leaves the picture at frame %d of rollout %d, at (%.3g, %.3g)"
                      + " where it shows [%s, %s]; show more, or start with less energy",
                  system.name(),
                  i / 2,
                  k,
                  index,
                  xy[i / 2 * 2],
                  xy[i / 2 * 2 + 1],
                  -w,
                  w));
        }
      }
    }
  }
}
