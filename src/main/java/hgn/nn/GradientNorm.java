package hgn.nn;

import hgn.autograd.Var;
import hgn.tensor.BinaryOp;
import hgn.tensor.Shape;
import hgn.tensor.SquareSum;
import hgn.tensor.Tensor;
import hgn.tensor.TensorOps;
import hgn.tensor.UnaryOp;
import java.util.List;
import java.util.Optional;

/** The global norm of all gradients, and clipping by it (Pascanu et al. 2013). */
public final class GradientNorm {
  private GradientNorm() {}

  /** sqrt(sum of |g|^2), a scalar. */
  public static Tensor of(List<Var> gradients) {
    List<Tensor> values = gradients.stream().map(Var::value).toList();
    Tensor first = values.get(0);
    Optional<SquareSum> fused = first.backend().squareSums();
    if (fused.isEmpty()) {
      return TensorOps.unary(UnaryOp.SQRT, oneByOne(values));
    }
    Tensor sum = Tensor.like(first, Shape.SCALAR);
    fused.get().of(values, sum);
    return TensorOps.unary(UnaryOp.SQRT, sum);
  }

  private static Tensor oneByOne(List<Tensor> values) {
    List<Tensor> squares =
        values.stream()
            .map(g -> TensorOps.sumProducts(g, g, Shape.SCALAR))
            .map(sum -> sum.reshape(Shape.of(1)))
            .toList();
    return TensorOps.sum(TensorOps.concat(squares, 0));
  }

  /**
   * Returns the gradients times min(1, most / norm), so that their norm is at most {@code most}.
   *
   * @param norm the result of {@link #of}
   */
  public static List<Var> clipped(List<Var> gradients, Tensor norm, double most) {
    Tensor inverse = TensorOps.unary(UnaryOp.RECIPROCAL, norm); // infinite for 0, then clamped
    Tensor factor = TensorOps.clamp(TensorOps.affine(inverse, most, 0), 0, 1);
    return gradients.stream()
        .map(g -> Var.constant(TensorOps.binary(BinaryOp.MUL, g.value(), factor)))
        .toList();
  }
}
