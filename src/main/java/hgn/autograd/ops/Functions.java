package hgn.autograd.ops;

import static hgn.autograd.Edge.wrt;
import static hgn.autograd.Tape.record;
import static hgn.autograd.ops.Arithmetic.div;
import static hgn.autograd.ops.Arithmetic.mul;
import static hgn.autograd.ops.Arithmetic.neg;
import static hgn.autograd.ops.Arithmetic.scale;

import hgn.autograd.Var;
import hgn.tensor.TensorOps;
import hgn.tensor.UnaryOp;

/** Elementary functions, elementwise. */
public final class Functions {
  private Functions() {}

  /** y = e^x. VJP: x' = g y. */
  public static Var exp(Var x) {
    return record("exp", TensorOps.unary(UnaryOp.EXP, x.value()), wrt(x, (y, g) -> mul(g, y)));
  }

  /** y = ln x for x &gt; 0. VJP: x' = g / x. */
  public static Var log(Var x) {
    return record("log", TensorOps.unary(UnaryOp.LOG, x.value()), wrt(x, (y, g) -> div(g, x)));
  }

  /** y = sqrt x for x &gt; 0. VJP: x' = g / (2 y). */
  public static Var sqrt(Var x) {
    return record(
        "sqrt", TensorOps.unary(UnaryOp.SQRT, x.value()), wrt(x, (y, g) -> scale(div(g, y), 0.5)));
  }

  /** y = x^2. VJP: x' = 2 g x. */
  public static Var square(Var x) {
    return record(
        "square",
        TensorOps.unary(UnaryOp.SQUARE, x.value()),
        wrt(x, (y, g) -> scale(mul(g, x), 2)));
  }

  /** y = 1/x. VJP: x' = -g y^2. */
  public static Var reciprocal(Var x) {
    return record(
        "reciprocal",
        TensorOps.unary(UnaryOp.RECIPROCAL, x.value()),
        wrt(x, (y, g) -> neg(mul(g, square(y)))));
  }

  /** y = sin x, in radians. VJP: x' = g cos x. */
  public static Var sin(Var x) {
    return record("sin", TensorOps.unary(UnaryOp.SIN, x.value()), wrt(x, (y, g) -> mul(g, cos(x))));
  }

  /** y = cos x, in radians. VJP: x' = -g sin x. */
  public static Var cos(Var x) {
    return record(
        "cos", TensorOps.unary(UnaryOp.COS, x.value()), wrt(x, (y, g) -> neg(mul(g, sin(x)))));
  }
}
