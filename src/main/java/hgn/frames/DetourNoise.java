package hgn.frames;

import hgn.random.PhiloxRandom;
import hgn.random.Streams;

/**
 * Standard normal noise for films that leave a rollout's own frames. At an instant that is one of
 * the rollout's frames it is the noise of that frame; at others it comes, by the film's frame, from
 * a stream of its own.
 */
final class DetourNoise {
  /** Share of a frame's time within which an instant counts as that frame's. */
  private static final double SAME = 1e-6;

  private final PhiloxRandom own;
  private final PhiloxRandom other;
  private final int width;

  /** Noise for a rollout of {@code width} numbers a state. */
  DetourNoise(long seed, long index, Split split, int width) {
    this.own = new PhiloxRandom(seed, Streams.ROLLOUTS.at(index), split.noiseDomain());
    this.other = new PhiloxRandom(seed, Streams.ROLLOUTS.at(index), split.detourNoiseDomain());
    this.width = width;
  }

  /**
   * The noise of all frames, row-major (count, width). To be called once.
   *
   * @param from frame of the rollout with which the film begins
   * @param pace frames of the rollout for each frame of the film
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

  /** The rollout's frame at an instant, or -1 if it has none there. */
  private static int ownFrame(double instant) {
    double nearest = Math.rint(instant);
    return nearest >= 0 && Math.abs(instant - nearest) < SAME ? (int) nearest : -1;
  }

  private double[] draw(PhiloxRandom rng, int frames) {
    double[] noise = new double[Math.multiplyExact(frames, width)];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = rng.nextGaussian();
    }
    return noise;
  }
}
