package hgn.backend.jvm;

import hgn.tensor.Activation;
import hgn.tensor.BinaryOp;
import hgn.tensor.HostTransfer;
import hgn.tensor.Tensor;
import hgn.tensor.UnaryOp;

/**
 * Elementwise functions. A block is read completely before it is written, so that the result may
 * overwrite an operand.
 */
final class Elementwise {
  static final int BLOCK = 1 << 13;

  private final Workers workers;

  Elementwise(Workers workers) {
    this.workers = workers;
  }

  /** Changes a block of values in place. */
  @FunctionalInterface
  private interface Kernel {
    void apply(double[] values);
  }

  private void map(Tensor x, Tensor y, Kernel kernel) {
    workers.ranges(
        HostTransfer.count(y),
        BLOCK,
        (from, count) -> {
          double[] values = new double[count];
          HostTransfer.read(x, from, values, 0, count);
          kernel.apply(values);
          HostTransfer.write(values, 0, y, from, count);
        });
  }

  void unary(UnaryOp op, Tensor x, Tensor y) {
    map(
        x,
        y,
        values -> {
          for (int i = 0; i < values.length; i++) {
            values[i] = op.apply(values[i]);
          }
        });
  }

  void activate(Activation f, Tensor x, Tensor y) {
    map(x, y, values -> activate(f, values, values.length));
  }

  /** values = f(values), the first {@code count} of them. */
  static void activate(Activation f, double[] values, int count) {
    if (f != Activation.IDENTITY) {
      for (int i = 0; i < count; i++) {
        values[i] = f.apply(values[i]);
      }
    }
  }

  void affine(Tensor x, double scale, double shift, Tensor y) {
    map(
        x,
        y,
        values -> {
          for (int i = 0; i < values.length; i++) {
            values[i] = scale * values[i] + shift;
          }
        });
  }

  void clamp(Tensor x, double low, double high, Tensor y) {
    map(
        x,
        y,
        values -> {
          for (int i = 0; i < values.length; i++) {
            values[i] = Math.min(Math.max(values[i], low), high);
          }
        });
  }

  void activationGrad(Activation f, Tensor g, Tensor y, Tensor r) {
    workers.ranges(
        HostTransfer.count(r),
        BLOCK,
        (from, count) -> {
          double[] values = new double[count];
          double[] outputs = new double[count];
          HostTransfer.read(g, from, values, 0, count);
          HostTransfer.read(y, from, outputs, 0, count);
          for (int i = 0; i < count; i++) {
            values[i] *= f.slope(outputs[i]);
          }
          HostTransfer.write(values, 0, r, from, count);
        });
  }

  void binary(BinaryOp op, Tensor a, Tensor b, Tensor y) {
    Operand left = new Operand(a, y.shape());
    Operand right = new Operand(b, y.shape());
    workers.ranges(
        HostTransfer.count(y),
        BLOCK,
        (from, count) -> {
          double[] values = left.read(from, count);
          combine(op, values, right.read(from, count));
          HostTransfer.write(values, 0, y, from, count);
        });
  }

  /** a = op(a, b); one loop per operation, so that each is compiled to vector instructions. */
  private static void combine(BinaryOp op, double[] a, double[] b) {
    switch (op) {
      case ADD -> {
        for (int i = 0; i < a.length; i++) {
          a[i] += b[i];
        }
      }
      case SUB -> {
        for (int i = 0; i < a.length; i++) {
          a[i] -= b[i];
        }
      }
      case MUL -> {
        for (int i = 0; i < a.length; i++) {
          a[i] *= b[i];
        }
      }
      case DIV -> {
        for (int i = 0; i < a.length; i++) {
          a[i] /= b[i];
        }
      }
      case ATAN2 -> {
        for (int i = 0; i < a.length; i++) {
          a[i] = Math.atan2(a[i], b[i]);
        }
      }
      default -> throw new IllegalArgumentException("[binary] no kernel for " + op);
    }
  }
}
