package hgn.frames;

import hgn.physics.PhasePath;

/**
 * One film and the motion it shows.
 *
 * @param system name of the system
 * @param resolution pixels along each side of a frame
 * @param path the true states (q, p), float64
 * @param drawn the states with noise that the frames show
 * @param frames the film, row-major (T, height, width, 3), in [0, 1]; owned by the rollout
 */
public record Rollout(
    String system, int resolution, PhasePath path, PhasePath drawn, float[] frames) {
  /** T, the number of frames. */
  public int length() {
    return path.frames();
  }

  /** Time between frames in seconds; negative if the film runs backward. */
  public double dt() {
    return path.dt();
  }
}
