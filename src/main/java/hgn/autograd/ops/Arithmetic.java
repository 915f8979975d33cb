package hgn.autograd.ops;

import static hgn.autograd.Edge.wrt;
import static hgn.autograd.Tape.record;
import static hgn.autograd.ops.Reductions.sumProducts;
import static hgn.autograd.ops.Reductions.sumTo;

import hgn.autograd.Edge;
import hgn.autograd.Tape;
import hgn.autograd.Var;
import hgn.tensor.Activation;
import hgn.tensor.BinaryOp;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import hgn.tensor.TensorOps;

/** Sums, products and quotients, elementwise, with broadcasting. */
public final class Arithmetic {
  private Arithmetic() {}

  /** y = a + b. VJP: a' = g, b' = g, each summed to its shape. */
  public static Var add(Var a, Var b) {
    return record(
        "add",
        TensorOps.binary(BinaryOp.ADD, a.value(), b.value()),
        wrt(a, (y, g) -> sumTo(g, a.shape())),
        wrt(b, (y, g) -> sumTo(g, b.shape())));
  }

  /** y = a - b. VJP: a' = g, b' = -g, each summed to its shape. */
  public static Var sub(Var a, Var b) {
    return record(
        "sub",
        TensorOps.binary(BinaryOp.SUB, a.value(), b.value()),
        wrt(a, (y, g) -> sumTo(g, a.shape())),
        wrt(b, (y, g) -> neg(sumTo(g, b.shape()))));
  }

  /** y = a b. VJP: a' = g b, b' = g a, each summed to its shape. */
  public static Var mul(Var a, Var b) {
    return record(
        "mul",
        TensorOps.binary(BinaryOp.MUL, a.value(), b.value()),
        wrt(a, (y, g) -> mulTo(g, b, a.shape())),
        wrt(b, (y, g) -> mulTo(g, a, b.shape())));
  }

  /** g x, summed to that shape. */
  private static Var mulTo(Var g, Var x, Shape shape) {
    return g.shape().equals(shape) ? mul(g, x) : sumProducts(g, x, shape);
  }

  /** y = a / b. VJP: a' = g / b, b' = -g y / b, each summed to its shape. */
  public static Var div(Var a, Var b) {
    return record(
        "div",
        TensorOps.binary(BinaryOp.DIV, a.value(), b.value()),
        wrt(a, (y, g) -> sumTo(div(g, b), a.shape())),
        wrt(b, (y, g) -> sumTo(neg(div(mul(g, y), b)), b.shape())));
  }

  /**
   * y = the angle of the point (b, a), in radians from -pi to pi; not differentiable at the origin.
   * VJP: a' = g b / (a^2 + b^2), b' = -g a / (a^2 + b^2), each summed to its shape.
   */
  public static Var atan2(Var a, Var b) {
    return record(
        "atan2",
        TensorOps.binary(BinaryOp.ATAN2, a.value(), b.value()),
        wrt(a, (y, g) -> sumTo(div(mul(g, b), squaredNorm(a, b)), a.shape())),
        wrt(b, (y, g) -> sumTo(neg(div(mul(g, a), squaredNorm(a, b))), b.shape())));
  }

  private static Var squaredNorm(Var a, Var b) {
    return add(mul(a, a), mul(b, b));
  }

  /** y = scale x + shift for constants. VJP: x' = scale g. */
  public static Var affine(Var x, double scale, double shift) {
    return record(
        "affine", TensorOps.affine(x.value(), scale, shift), wrt(x, (y, g) -> scale(g, scale)));
  }

  /** y = factor x for a constant. VJP: x' = factor g. */
  public static Var scale(Var x, double factor) {
    return affine(x, factor, 0);
  }

  /** y = -x. VJP: x' = -g. */
  public static Var neg(Var x) {
    return affine(x, -1, 0);
  }

  /** y = x as a new node, for taking partial derivatives. VJP: x' = g. */
  public static Var identity(Var x) {
    return record("identity", x.value(), wrt(x, (y, g) -> g));
  }

  /**
   * y = f(a + b) for operands of the same shape; the sum is not stored. VJP: a' = b' = g f'(a + b).
   */
  public static Var addActivate(Var a, Var b, Activation f) {
    Tensor value = TensorOps.binary(BinaryOp.ADD, a.value(), b.value());
    TensorOps.activateInPlace(f, value);
    Var sum =
        Tape.recordFused(
            "add",
            value,
            wrt(a, (y, g) -> sumTo(g, a.shape())),
            wrt(b, (y, g) -> sumTo(g, b.shape())));
    return Activations.recordActivation(f, sum, value);
  }

  /**
   * y = f(a + upsample2x(x)); neither the sum nor the upsampled image is stored. VJP with h = g f':
   * a' = h, x' = the sums of 2x2 blocks of h.
   */
  public static Var addUpsampled(Var a, Var x, Activation f) {
    Tensor value = TensorOps.addUpsampled(a.value(), x.value(), f);
    Edge towardsA = wrt(a, (y, g) -> g);
    Edge towardsX = wrt(x, (y, g) -> Layout.upsample2xGrad(g));
    if (f == Activation.IDENTITY) {
      return record("add upsampled", value, towardsA, towardsX);
    }
    Var sum = Tape.recordFused("add upsampled", value, towardsA, towardsX);
    return Activations.recordActivation(f, sum, value);
  }
}
