package hgn.autograd.ops;

import static hgn.autograd.Edge.wrt;
import static hgn.autograd.Tape.record;
import static hgn.autograd.ops.Arithmetic.affine;
import static hgn.autograd.ops.Arithmetic.mul;
import static hgn.autograd.ops.Arithmetic.scale;

import hgn.autograd.Edge;
import hgn.autograd.Var;
import hgn.tensor.Activation;
import hgn.tensor.Tensor;
import hgn.tensor.TensorOps;
import java.util.Locale;

/**
 * The networks' nonlinearities. Derivatives are computed from the output y, so a layer's input need
 * not be stored.
 */
public final class Activations {
  private Activations() {}

  /** y = f(x). VJP: x' = g f'(x). */
  public static Var activate(Activation f, Var x) {
    return f == Activation.IDENTITY ? x : recordActivation(f, x, TensorOps.activate(f, x.value()));
  }

  /**
   * Records {@code value} = f(x), which has been computed already; x may be fused and not stored.
   */
  static Var recordActivation(Activation f, Var x, Tensor value) {
    return record(
        f.name().toLowerCase(Locale.ROOT), value, wrt(x, (y, g) -> activationGrad(f, g, y)));
  }

  /**
   * r = g f'(x), with f' = D(y) computed from y = f(x). VJP for a cotangent c: g' = c D(y), y' = c
   * g D'(y).
   */
  public static Var activationGrad(Activation f, Var g, Var y) {
    Tensor value = TensorOps.activationGrad(f, g.value(), y.value());
    String op = f.name().toLowerCase(Locale.ROOT) + " gradient";
    Edge towardsG = wrt(g, (r, c) -> activationGrad(f, c, y));
    if (isPiecewiseLinear(f)) { // D is constant on each side of 0, so nothing flows to y
      return record(op, value, towardsG);
    }
    return record(op, value, towardsG, wrt(y, (r, c) -> mul(mul(c, g), slopeDerivative(f, y))));
  }

  private static boolean isPiecewiseLinear(Activation f) {
    return f == Activation.RELU || f == Activation.LEAKY_RELU || f == Activation.IDENTITY;
  }

  /** D'(y), where f' = D(y). */
  private static Var slopeDerivative(Activation f, Var y) {
    return switch (f) {
      case SOFTPLUS -> Functions.exp(scale(y, -1)); // D = 1 - e^-y
      case SIGMOID -> affine(y, -2, 1); // D = y - y^2
      case TANH -> scale(y, -2); // D = 1 - y^2
      default -> throw new IllegalStateException("[" + f + " gradient] has no slope to derive");
    };
  }
}
