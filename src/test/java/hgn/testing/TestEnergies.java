package hgn.testing;

import static hgn.autograd.ops.Arithmetic.add;
import static hgn.autograd.ops.Arithmetic.affine;
import static hgn.autograd.ops.Arithmetic.div;
import static hgn.autograd.ops.Arithmetic.mul;
import static hgn.autograd.ops.Arithmetic.scale;
import static hgn.autograd.ops.Arithmetic.sub;
import static hgn.autograd.ops.Functions.cos;
import static hgn.autograd.ops.Functions.sin;
import static hgn.autograd.ops.Functions.square;

import hgn.autograd.Var;
import hgn.autograd.ops.Layout;
import hgn.dynamics.PhaseState;
import hgn.tensor.Backends;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import hgn.verify.TestProblem;

/** Test problems of one and two degrees of freedom, with q and p of shape (N, n). */
public final class TestEnergies {
  private TestEnergies() {}

  /** p^2 + q^2: mass 1/2, stiffness 2, so that dH/dp = 2p. */
  public static TestProblem spring() {
    return new TestProblem(
        "spring",
        (q, p) -> column(add(square(p), square(q)), 0),
        true,
        state(1, 0.6, 0.3, -0.2, 0.7));
  }

  /** p^2 + 1.5 (1 - cos q). */
  public static TestProblem pendulum() {
    return new TestProblem(
        "pendulum",
        (q, p) -> column(add(square(p), affine(cos(q), -1.5, 1.5)), 0),
        true,
        state(1, 0.9, -0.4, 0.5, 0.8));
  }

  /**
   * (p1^2 + 2 p2^2 - 2 p1 p2 cos D) / (2 (1 + sin^2 D)) - 6 cos q1 - 3 cos q2 with D = q1 - q2: not
   * separable.
   */
  public static TestProblem doublePendulum() {
    return new TestProblem(
        "double pendulum", TestEnergies::doublePendulum, false, state(2, 0.5, -0.3, 0.4, 0.6));
  }

  private static Var doublePendulum(Var q, Var p) {
    Var p1 = column(p, 0);
    Var p2 = column(p, 1);
    Var delta = sub(column(q, 0), column(q, 1));
    Var squares = add(square(p1), scale(square(p2), 2));
    Var above = sub(squares, scale(mul(mul(p1, p2), cos(delta)), 2));
    Var kinetic = div(above, affine(square(sin(delta)), 2, 2));
    return sub(kinetic, add(scale(cos(column(q, 0)), 6), scale(cos(column(q, 1)), 3)));
  }

  private static Var column(Var x, int i) {
    return Layout.reshape(Layout.slice(x, 1, i, 1), Shape.of(x.shape().dim(0)));
  }

  /** The first half of the numbers as q, the second as p, each (N, n). */
  private static PhaseState state(int n, double... numbers) {
    int half = numbers.length / 2;
    double[] q = new double[half];
    double[] p = new double[half];
    System.arraycopy(numbers, 0, q, 0, half);
    System.arraycopy(numbers, half, p, 0, half);
    return new PhaseState(constant(n, q), constant(n, p));
  }

  private static Var constant(int n, double[] values) {
    Shape shape = Shape.of(values.length / n, n);
    return Var.constant(Tensor.of(Backends.get("jvm"), DType.FLOAT64, shape, values));
  }
}
