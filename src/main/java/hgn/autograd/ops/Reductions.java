package hgn.autograd.ops;

import static hgn.autograd.Edge.wrt;
import static hgn.autograd.Tape.record;
import static hgn.autograd.ops.Arithmetic.scale;

import hgn.autograd.Var;
import hgn.tensor.Shape;
import hgn.tensor.TensorOps;

/** Sums and their adjoint, repetition. */
public final class Reductions {
  private Reductions() {}

  /**
   * Sums over leading axes, and over those that are 1 in {@code shape}, to that shape. VJP: x' = g
   * broadcast.
   */
  public static Var sumTo(Var x, Shape shape) {
    if (x.shape().equals(shape)) {
      return x;
    }
    return record(
        "sum", TensorOps.sumTo(x.value(), shape), wrt(x, (y, g) -> broadcastTo(g, x.shape())));
  }

  /** Repeats along new leading axes, and along those that are 1 in x. VJP: x' = g summed. */
  public static Var broadcastTo(Var x, Shape shape) {
    if (x.shape().equals(shape)) {
      return x;
    }
    return record(
        "broadcast",
        TensorOps.broadcastTo(x.value(), shape),
        wrt(x, (y, g) -> sumTo(g, x.shape())));
  }

  /** The sum of all elements, a scalar. VJP: x' = g everywhere. */
  public static Var sum(Var x) {
    return sumTo(x, Shape.SCALAR);
  }

  /** The mean of all elements, a scalar. VJP: x' = g/n everywhere. */
  public static Var mean(Var x) {
    return scale(sum(x), 1.0 / x.shape().count());
  }
}
