package hgn.backend.jvm;

import hgn.tensor.HostTransfer;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import java.util.Arrays;

/** An operand of a broadcasting operation, read as if broadcast to the full shape. */
final class Operand {
  private final Tensor tensor;
  private final Repeat repeat;
  private final double[] values;

  Operand(Tensor tensor, Shape full) {
    this.tensor = tensor;
    this.repeat = new Repeat(tensor.shape(), full);
    if (repeat.isIdentity()) {
      values = null;
    } else {
      values = new double[HostTransfer.count(tensor)];
      HostTransfer.download(tensor, values);
    }
  }

  /** Elements {@code from} to {@code from + count - 1} of the full shape. */
  double[] read(int from, int count) {
    double[] to = new double[count];
    if (values == null) {
      HostTransfer.read(tensor, from, to, 0, count);
      return to;
    }
    int run = repeat.run();
    int done = 0;
    while (done < count) {
      int index = from + done;
      int length = Math.min(run - index % run, count - done);
      int position = repeat.position(index);
      if (repeat.runRepeats()) {
        Arrays.fill(to, done, done + length, values[position]);
      } else {
        System.arraycopy(values, position, to, done, length);
      }
      done += length;
    }
    return to;
  }
}
