package hgn.nhf;

import static hgn.autograd.ops.Arithmetic.affine;

import hgn.autograd.Var;
import hgn.autograd.ops.Functions;
import hgn.autograd.ops.Reductions;
import hgn.tensor.Shape;

/** Standard normal densities of the rows of a matrix. */
final class Gaussians {
  private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

  private Gaussians() {}

  /** ln N(x; 0, I) = -|x|^2/2 - d/2 ln 2 pi for each row: (N,d) to (N,1). */
  static Var logDensity(Var x) {
    Var squares = rowSums(Functions.square(x));
    return affine(squares, -0.5, -HALF_LOG_TWO_PI * x.shape().dim(1));
  }

  /** (N,d) to (N,1). */
  static Var rowSums(Var x) {
    return Reductions.sumTo(x, Shape.of(x.shape().dim(0), 1));
  }
}
