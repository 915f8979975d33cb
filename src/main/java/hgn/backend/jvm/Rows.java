package hgn.backend.jvm;

import hgn.tensor.HostTransfer;
import hgn.tensor.Tensor;
import java.util.Arrays;

/**
 * Rows of pixels of a tensor (N,H,W,C) as doubles. Caches the rows of one sample, since
 * neighbouring windows share rows. Not thread-safe.
 */
final class Rows {
  private final Tensor tensor;
  private final int height;
  private final int length;
  private final double[][] rows;
  private int sample = -1;

  Rows(Tensor tensor) {
    this.tensor = tensor;
    this.height = tensor.shape().dim(1);
    this.length = tensor.shape().dim(2) * tensor.shape().dim(3);
    this.rows = new double[height][];
  }

  /** The pixels (W,C) of row {@code h} of a sample. */
  double[] get(int sample, int h) {
    if (sample != this.sample) {
      this.sample = sample;
      Arrays.fill(rows, null);
    }
    if (rows[h] == null) {
      rows[h] = new double[length];
      HostTransfer.read(tensor, (sample * height + h) * length, rows[h], 0, length);
    }
    return rows[h];
  }
}
