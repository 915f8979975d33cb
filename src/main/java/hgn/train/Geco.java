package hgn.train;

import hgn.autograd.Var;
import hgn.autograd.ops.Arithmetic;
import hgn.tensor.Arena;
import hgn.tensor.Backend;
import hgn.tensor.BinaryOp;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import hgn.tensor.TensorOps;
import hgn.tensor.UnaryOp;
import java.util.Map;

/**
 * GECO (Rezende and Viola 2018): the divergence is minimised under the constraint that the
 * reconstruction error C = MSE - tol^2 is not above 0, whose multiplier lambda adapts:
 *
 * <pre>
 * average &lt;- alpha average + (1 - alpha) C, and C at the first step
 * loss = KL + lambda (C + stopgrad(average - C))
 * lambda &lt;- clamp(lambda exp(rate average), 1e-10, 1e10)
 * </pre>
 *
 * Both numbers live on the model's backend, so that a step need not wait for them.
 */
public final class Geco implements Objective {
  private static final double LOWEST = 1e-10;
  private static final double HIGHEST = 1e10;

  private final Settings settings;
  private final Arena arena = new Arena("geco");
  private final Tensor lambda;
  private final Tensor average;
  private boolean started;

  /**
   * Constants.
   *
   * @param tolerance accepted root mean square error of a pixel
   * @param alpha how much of the moving average stays
   * @param rate how fast lambda follows the average
   * @param lambda its first value
   */
  public record Settings(double tolerance, double alpha, double rate, double lambda) {}

  /** Starts with {@code settings.lambda()} and no average. */
  public Geco(Settings settings, Backend backend, DType dtype) {
    this.settings = settings;
    try (Arena.Entered owner = arena.enter()) {
      lambda = Tensor.full(backend, dtype, Shape.SCALAR, settings.lambda());
      average = Tensor.full(backend, dtype, Shape.SCALAR, 0);
    }
  }

  @Override
  public Var loss(Var mse, Var divergence) {
    Var constraint = Arithmetic.affine(mse, 1, -settings.tolerance() * settings.tolerance());
    updateAverage(constraint.value());
    // a copy, since lambda changes before the backward pass reads it
    Var weight = Var.constant(TensorOps.copy(lambda));
    updateLambda();
    Var shift = Var.constant(TensorOps.binary(BinaryOp.SUB, average, constraint.value()));
    return Arithmetic.add(divergence, Arithmetic.mul(weight, Arithmetic.add(constraint, shift)));
  }

  private void updateAverage(Tensor constraint) {
    double stays = started ? settings.alpha() : 0;
    started = true;
    Tensor old = TensorOps.affine(average, stays, 0);
    Tensor fresh = TensorOps.affine(constraint, 1 - stays, 0);
    TensorOps.copyInto(TensorOps.binary(BinaryOp.ADD, old, fresh), average);
  }

  private void updateLambda() {
    Tensor factor = TensorOps.unary(UnaryOp.EXP, TensorOps.affine(average, settings.rate(), 0));
    Tensor raised = TensorOps.binary(BinaryOp.MUL, lambda, factor);
    TensorOps.copyInto(TensorOps.clamp(raised, LOWEST, HIGHEST), lambda);
  }

  @Override
  public double weight() {
    return lambda.item();
  }

  /** The moving average of the constraint. */
  public double average() {
    return average.item();
  }

  @Override
  public Map<String, Double> state() {
    return Map.of(
        "lambda", lambda.item(), "average", average.item(), "started", started ? 1.0 : 0.0);
  }

  @Override
  public void restore(Map<String, Double> state) {
    lambda.set(state.get("lambda"));
    average.set(state.get("average"));
    started = state.get("started") != 0;
  }

  @Override
  public void close() {
    arena.close();
  }
}
