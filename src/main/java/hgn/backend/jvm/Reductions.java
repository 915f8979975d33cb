package hgn.backend.jvm;

import hgn.tensor.HostTransfer;
import hgn.tensor.Tensor;
import java.util.concurrent.atomic.AtomicBoolean;

/** Sums over axes, their adjoint, and the search for numbers that are not finite. */
final class Reductions {
  private static final int TASK = 1 << 15;
  private static final int MAX_PARTS = 64;

  private final Workers workers;

  Reductions(Workers workers) {
    this.workers = workers;
  }

  void broadcastTo(Tensor x, Tensor y) {
    Operand operand = new Operand(x, y.shape());
    workers.ranges(
        HostTransfer.count(y),
        Elementwise.BLOCK,
        (from, count) -> HostTransfer.write(operand.read(from, count), 0, y, from, count));
  }

  void sumTo(Tensor x, Tensor y) {
    Repeat repeat = new Repeat(y.shape(), x.shape());
    int slices = repeat.outerSize();
    int slice = HostTransfer.count(x) / slices;
    int most = repeat.outerRepeats() ? (slices + MAX_PARTS - 1) / MAX_PARTS : 1;
    int slicesPerTask = Math.max(most, (TASK + slice - 1) / slice);
    if (repeat.outerRepeats()) {
      sumParts(x, y, repeat, slicesPerTask * slice);
    } else {
      int sumsPerSlice = HostTransfer.count(y) / slices;
      workers.ranges(
          slices,
          slicesPerTask,
          (from, count) -> {
            double[] sums = new double[count * sumsPerSlice];
            int first = from * sumsPerSlice;
            accumulate(x, from * slice, count * slice, repeat, sums, first);
            HostTransfer.write(sums, 0, y, first, sums.length);
          });
    }
  }

  /** Computes partial sums for each part of x, then adds these in order. */
  private void sumParts(Tensor x, Tensor y, Repeat repeat, int size) {
    int total = HostTransfer.count(x);
    double[][] parts = new double[(total + size - 1) / size][];
    workers.ranges(
        total,
        size,
        (from, count) -> {
          double[] sums = new double[HostTransfer.count(y)];
          accumulate(x, from, count, repeat, sums, 0);
          parts[from / size] = sums;
        });
    HostTransfer.upload(sum(parts), y);
  }

  /** Adds all arrays in order; overwrites the first with the result. */
  static double[] sum(double[][] parts) {
    double[] total = parts[0];
    for (int part = 1; part < parts.length; part++) {
      double[] values = parts[part];
      for (int i = 0; i < total.length; i++) {
        total[i] += values[i];
      }
    }
    return total;
  }

  /** Adds elements of x to the sums they belong to; sums[0] is sum number {@code first}. */
  private static void accumulate(
      Tensor x, int from, int count, Repeat repeat, double[] sums, int first) {
    double[] values = new double[Math.min(Elementwise.BLOCK, count)];
    int run = repeat.run();
    for (int done = 0; done < count; done += values.length) {
      int length = Math.min(values.length, count - done);
      HostTransfer.read(x, from + done, values, 0, length);
      int i = 0;
      while (i < length) {
        int index = from + done + i;
        int part = Math.min(run - index % run, length - i);
        int position = repeat.position(index) - first;
        if (repeat.runRepeats()) {
          sums[position] += total(values, i, part);
        } else {
          for (int j = 0; j < part; j++) {
            sums[position + j] += values[i + j];
          }
        }
        i += part;
      }
    }
  }

  private static double total(double[] values, int from, int count) {
    double sum = 0;
    for (int i = from; i < from + count; i++) {
      sum += values[i];
    }
    return sum;
  }

  void markNonFinite(Tensor x, Tensor flags, int index) {
    if (!allFinite(x)) {
      HostTransfer.write(new double[] {1}, 0, flags, index, 1);
    }
  }

  private boolean allFinite(Tensor x) {
    AtomicBoolean finite = new AtomicBoolean(true);
    workers.ranges(
        HostTransfer.count(x),
        Elementwise.BLOCK,
        (from, count) -> {
          double[] values = new double[count];
          HostTransfer.read(x, from, values, 0, count);
          for (double value : values) {
            if (!Double.isFinite(value)) {
              finite.set(false);
            }
          }
        });
    return finite.get();
  }
}
