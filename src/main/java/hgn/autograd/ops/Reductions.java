package hgn.autograd.ops;

import static hgn.autograd.Edge.wrt;
import static hgn.autograd.Tape.record;
import static hgn.autograd.ops.Arithmetic.mul;
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

  /**
   * The products a b, of a's shape to which b is broadcast, summed like {@link #sumTo}; they are
   * not stored where the backend can do without. VJP: a' = g b broadcast, b' = g a summed.
   */
  public static Var sumProducts(Var a, Var b, Shape shape) {
    return record(
        "sum of products",
        TensorOps.sumProducts(a.value(), b.value(), shape),
        wrt(a, (y, g) -> broadcastTo(mul(g, b), a.shape())),
        wrt(b, (y, g) -> sumProducts(a, g, b.shape())));
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

  /** The sum of the squares of all elements, a scalar. VJP: x' = 2 g x. */
  public static Var sumOfSquares(Var x) {
    return record(
        "sum of squares",
        TensorOps.sumProducts(x.value(), x.value(), Shape.SCALAR),
        wrt(x, (y, g) -> mul(x, scale(g, 2))));
  }

  /** The mean of all elements, a scalar. VJP: x' = g/n everywhere. */
  public static Var mean(Var x) {
    return scale(sum(x), 1.0 / x.shape().count());
  }
}
