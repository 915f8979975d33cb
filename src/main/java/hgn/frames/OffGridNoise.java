package hgn.frames;

import hgn.random.PhiloxRandom;
import hgn.random.Streams;

/**
 * Standard normal noise for films that do not follow a rollout's own frames. At the time of a frame
 * of the rollout it is that frame's noise; at other times it comes from a separate stream, indexed
 * by the film's frame.
 */
final class OffGridNoise {
  /** Tolerance, in frames, within which a time counts as that of a frame. */
  private static final double TOLERANCE = 1e-6;

  private final PhiloxRandom own;
  private final PhiloxRandom other;
  private final int width;

  /** Noise for a rollout with {@code width} numbers per state. */
  OffGridNoise(long seed, long index, Split split, int width) {
    this.own = new PhiloxRandom(seed, Streams.ROLLOUTS.at(index), split.noiseDomain());
    this.other = new PhiloxRandom(seed, Streams.ROLLOUTS.at(index), split.detourNoiseDomain());
    this.width = width;
  }

  /**
   * Returns the noise of all frames, row-major (count, width). To be called once.
   *
   * @param from frame of the rollout at which the film begins
   * @param pace frames of the rollout per frame of the film
   */
  double[] table(int from, double pace, int count) {
    double[] noise = draw(other, count);
    int[] frames = new int[count];
    int most = -1;
    for (int k = 0; k < count; k++) {
      frames[k] = ownFrame(from + k * pace);
      most = Math.max(most, frames[k]);
    }
    double[] rollout = draw(own, most + 1);
    for (int k = 0; k < count; k++) {
      if (frames[k] >= 0) {
        System.arraycopy(rollout, frames[k] * width, noise, k * width, width);
      }
    }
    return noise;
  }

  /** Returns the rollout's frame at a time, or -1 if there is none. */
  private static int ownFrame(double instant) {
    double nearest = Math.rint(instant);
    return nearest >= 0 && Math.abs(instant - nearest) < TOLERANCE ? (int) nearest : -1;
  }

  private double[] draw(PhiloxRandom rng, int frames) {
    double[] noise = new double[Math.multiplyExact(frames, width)];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = rng.nextGaussian();
    }
    return noise;
  }
}
