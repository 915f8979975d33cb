package hgn.loss;

import hgn.model.HgnSpec;
import hgn.tensor.Backend;

/** How many frames a step may decode at once. */
public final class DecoderMemory {
  /**
   * Values of images on the host: of the published network's, 32 frames. With fewer, weights come
   * from main memory too often and threads wait for each other; with more, images come from main
   * memory. A device is faster with fewer calls on more data each.
   */
  private static final double ON_HOST = 2.9e6;

  /** The fraction of a device's memory that decoding may take. */
  private static final double SHARE = 0.5;

  /** Floats that decoding and differentiating a frame stores for each value of a block's output. */
  private static final int TENSORS = 8;

  /** The same for each value of the images before the blocks. */
  private static final int UNFOLDED_TENSORS = 4;

  private DecoderMemory() {}

  /** Frames that a step decodes at once unless told otherwise; at least 1. */
  public static int framesAtOnce(HgnSpec spec, Backend backend) {
    double most =
        backend.ownMemory().isPresent()
            ? SHARE * backend.ownMemory().getAsLong() / bytesPerFrame(spec)
            : ON_HOST / (spec.unfoldedValues() + blockValues(spec));
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, most));
  }

  /** Bytes that decoding and differentiating a frame needs until its gradients are there. */
  static long bytesPerFrame(HgnSpec spec) {
    return Float.BYTES * (TENSORS * blockValues(spec) + UNFOLDED_TENSORS * spec.unfoldedValues());
  }

  /** Values of the blocks' outputs and of the frame. */
  private static long blockValues(HgnSpec spec) {
    long values = (long) spec.frameSize() * spec.frameSize() * spec.frameChannels();
    int blocks = spec.decoder().size();
    for (int i = 0; i < blocks; i++) {
      long side = spec.frameSize() >> blocks - 1 - i;
      values += spec.decoder().get(i) * side * side;
    }
    return values;
  }
}
