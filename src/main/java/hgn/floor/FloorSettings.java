package hgn.floor;

import hgn.frames.RolloutGenerator;

/**
 * Settings of the computation.
 *
 * @param rollouts generator of the films: system, renderer and dt; the first films are measured
 * @param clip which frames are seen and which predicted
 * @param sigma standard deviation of the noise on every coordinate of every frame; the only source
 *     of this value in the package
 * @param films number of films
 * @param particles number of motions that represent the posterior
 * @param seed seed of the computation's own random numbers
 */
public record FloorSettings(
    RolloutGenerator rollouts, Clip clip, double sigma, int films, int particles, long seed) {
  /** Minimum number of motions for the differential evolution moves on each island. */
  public static final int LEAST_PARTICLES = 16 * PosteriorSampler.ISLANDS;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if the likelihood is undefined or a number is too small
   */
  public FloorSettings {
    if (!(sigma >= 0 && Double.isFinite(sigma))) {
      throw new IllegalArgumentException(
          "[floor] noise: " + sigma + " is no standard deviation; it must be a number above 0");
    }
    if (sigma == 0) {
      throw new IllegalArgumentException(
          ("[floor] noise: " + rollouts.system().name() + " without noise has no likelihood that")
              + " weighs one motion against another: a frame fits a motion or does not; give it"
              + " a little, such as 0.005");
    }
    if (films < 1) {
      throw new IllegalArgumentException("[floor] films: " + films + "; measure at least 1");
    }
    if (particles < LEAST_PARTICLES) {
      throw new IllegalArgumentException(
          "[floor] particles: " + particles + " are too few; take at least " + LEAST_PARTICLES);
    }
  }

  /** Settings with the noise of the rollouts. */
  public static FloorSettings of(
      RolloutGenerator rollouts, Clip clip, int films, int particles, long seed) {
    return new FloorSettings(rollouts, clip, rollouts.noise(), films, particles, seed);
  }
}
