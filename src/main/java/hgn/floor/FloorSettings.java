package hgn.floor;

import hgn.frames.RolloutGenerator;

/**
 * What the floor is computed of, and with how much work.
 *
 * @param rollouts the system, how it is drawn, its dt, and which films are measured: the first ones
 * @param clip what is seen and what must be given back
 * @param sigma standard deviation of the noise on every coordinate of every frame; the one place
 *     where all of this package takes it from
 * @param films number of films
 * @param particles motions that stand for those that a clip leaves possible
 * @param seed seed of the computation's own random numbers
 */
public record FloorSettings(
    RolloutGenerator rollouts, Clip clip, double sigma, int films, int particles, long seed) {
  /** Fewer motions than this in each of the islands cannot be moved by their differences. */
  public static final int LEAST_PARTICLES = 16 * PosteriorSampler.ISLANDS;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if the likelihood is not defined, or there is too little work
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

  /** With the noise of the rollouts themselves. */
  public static FloorSettings of(
      RolloutGenerator rollouts, Clip clip, int films, int particles, long seed) {
    return new FloorSettings(rollouts, clip, rollouts.noise(), films, particles, seed);
  }
}
