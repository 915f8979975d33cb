package hgn.backend.jvm;

import hgn.random.Philox;
import hgn.tensor.HostTransfer;
import hgn.tensor.Tensor;

/** Fills tensors with random numbers. */
final class RandomNumbers {
  /** Numbers per task: a multiple of 4, since one block of the generator gives four. */
  private static final int TASK = 1 << 12;

  private final Workers workers;

  RandomNumbers(Workers workers) {
    this.workers = workers;
  }

  void normal(long seed, long stream, Tensor y) {
    workers.ranges(
        HostTransfer.count(y),
        TASK,
        (from, count) -> {
          double[] values = new double[count];
          Philox.normal(seed, stream, from / 4, values);
          HostTransfer.write(values, 0, y, from, count);
        });
  }
}
