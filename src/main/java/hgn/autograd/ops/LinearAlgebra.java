package hgn.autograd.ops;

import static hgn.autograd.Edge.wrt;
import static hgn.autograd.Tape.record;

import hgn.autograd.Var;
import hgn.tensor.TensorOps;

/** Matrix products. */
public final class LinearAlgebra {
  private LinearAlgebra() {}

  /** y = a b. */
  public static Var matmul(Var a, Var b) {
    return matmul(a, false, b, false);
  }

  /**
   * y = op(a) op(b), op being the transpose if the flag is set. VJP: a' = g op(b)^T and b' =
   * op(a)^T g, each transposed if its flag is set; these are calls of this same method.
   */
  public static Var matmul(Var a, boolean transposeA, Var b, boolean transposeB) {
    return record(
        "matmul",
        TensorOps.matmul(a.value(), transposeA, b.value(), transposeB),
        wrt(
            a,
            (y, g) ->
                transposeA ? matmul(b, transposeB, g, true) : matmul(g, false, b, !transposeB)),
        wrt(
            b,
            (y, g) ->
                transposeB ? matmul(g, true, a, transposeA) : matmul(a, !transposeA, g, false)));
  }
}
