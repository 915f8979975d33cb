package hgn.physics;

import hgn.random.PhiloxRandom;
import java.util.Arrays;
import java.util.Locale;

/** States of a system at t = 0, dt, 2 dt, ...: an immutable (frames, 2n) table in float64. */
public final class PhasePath {
  private final int degreesOfFreedom;
  private final double dt;
  private final double[] states;

  /**
   * Takes over {@code states}, row-major (frames, 2n): the caller must not change it afterwards.
   */
  PhasePath(int degreesOfFreedom, double dt, double[] states) {
    this.degreesOfFreedom = degreesOfFreedom;
    this.dt = dt;
    this.states = states;
  }

  /** n, the number of coordinates q in a state. */
  public int degreesOfFreedom() {
    return degreesOfFreedom;
  }

  /** Time between frames; negative if time runs backward. */
  public double dt() {
    return dt;
  }

  /** Number of states. */
  public int frames() {
    return states.length / (2 * degreesOfFreedom);
  }

  /** Coordinate q_i at frame k. */
  public double q(int k, int i) {
    return states[k * 2 * degreesOfFreedom + i];
  }

  /** Momentum p_i at frame k. */
  public double p(int k, int i) {
    return states[(k * 2 + 1) * degreesOfFreedom + i];
  }

  /** A copy of the state (q, p) at frame k. */
  public double[] state(int k) {
    int width = 2 * degreesOfFreedom;
    return Arrays.copyOfRange(states, k * width, (k + 1) * width);
  }

  /** A copy of all states, row-major (frames, 2n). */
  public double[] states() {
    return states.clone();
  }

  /** Writes the coordinates q of frame k to {@code q[0..n-1]}. */
  public void readQ(int k, double[] q) {
    System.arraycopy(states, k * 2 * degreesOfFreedom, q, 0, degreesOfFreedom);
  }

  /**
   * Returns this path with N(0, sigma^2) added to every q and p of every frame. Noise is drawn from
   * {@code rng} frame by frame, so a longer path starts with the noise of a shorter one.
   */
  public PhasePath withNoise(PhiloxRandom rng, double sigma) {
    double[] noisy = new double[states.length];
    for (int i = 0; i < noisy.length; i++) {
      noisy[i] = states[i] + sigma * rng.nextGaussian();
    }
    return new PhasePath(degreesOfFreedom, dt, noisy);
  }

  /**
   * Returns this path with sigma times {@code noise}, a table like {@link #states}, added to it.
   *
   * @throws IllegalArgumentException if the table has another size
   */
  public PhasePath withNoise(double[] noise, double sigma) {
    if (noise.length != states.length) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "[physics] %d numbers of noise for a path of %d; give one for each",
              noise.length,
              states.length));
    }
    double[] noisy = new double[states.length];
    for (int i = 0; i < noisy.length; i++) {
      noisy[i] = states[i] + sigma * noise[i];
    }
    return new PhasePath(degreesOfFreedom, dt, noisy);
  }
}
