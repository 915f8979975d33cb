package hgn.loss;

import hgn.model.HgnSpec;
import hgn.tensor.Backend;

/** How many frames a step may decode at once. */
public final class DecoderMemory {
  /**
   * On the host, frames of 32x32: with fewer, the weights come from main memory too often, with
   * more the images. A device is faster with fewer calls on more data each.
   */
  private static final int ON_HOST = 32;

  private static final int SIDE = 32;

  /** The fraction of a device's memory that decoding may take. */
  private static final double SHARE = 0.5;

  /** Floats that decoding and differentiating a frame stores for each value of a block's output. */
  private static final int TENSORS = 8;

  private DecoderMemory() {}

  /** Frames that a step decodes at once unless told otherwise; at least 1. */
  public static int framesAtOnce(HgnSpec spec, Backend backend) {
    double most =
        backend.ownMemory().isPresent()
            ? SHARE * backend.ownMemory().getAsLong() / bytesPerFrame(spec)
            : ON_HOST * Math.pow((double) SIDE / spec.frameSize(), 2);
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, most));
  }

  /** Bytes that decoding and differentiating a frame needs until its gradients are there. */
  static long bytesPerFrame(HgnSpec spec) {
    long values = (long) spec.frameSize() * spec.frameSize() * spec.frameChannels();
    int blocks = spec.decoder().size();
    for (int i = 0; i < blocks; i++) {
      long side = spec.frameSize() >> blocks - 1 - i;
      values += spec.decoder().get(i) * side * side;
    }
    return Float.BYTES * TENSORS * values;
  }
}
