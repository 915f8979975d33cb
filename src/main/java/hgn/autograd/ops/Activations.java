package hgn.autograd.ops;

import static hgn.autograd.Edge.wrt;
import static hgn.autograd.Tape.record;
import static hgn.autograd.ops.Arithmetic.add;
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
    if (f.slopeDerivative().isZero()) { // D is constant on each side of 0, so nothing flows to y
      return record(op, value, towardsG);
    }
    return record(op, value, towardsG, wrt(y, (r, c) -> mul(mul(c, g), slopeDerivative(f, y))));
  }

  /** D'(y), where f' = D(y): constant + linear y + exponential e^-y. */
  private static Var slopeDerivative(Activation f, Var y) {
    Activation.SlopeDerivative d = f.slopeDerivative();
    if (d.exponential() == 0) {
      return affine(y, d.linear(), d.constant());
    }
    Var decay = Functions.exp(scale(y, -1));
    Var scaled = d.exponential() == 1 ? decay : scale(decay, d.exponential());
    return d.linear() == 0 && d.constant() == 0
        ? scaled
        : add(scaled, affine(y, d.linear(), d.constant()));
  }
}
