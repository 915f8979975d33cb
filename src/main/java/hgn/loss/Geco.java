package hgn.loss;

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
 * GECO (Rezende and Viola 2018): minimises the divergence under the constraint C = MSE - tol^2
 * &lt;= 0 with an adaptive multiplier lambda:
 *
 * <pre>
 * average &lt;- alpha average + (1 - alpha) C, and C at the first step
 * loss = KL + lambda (C + stopgrad(average - C))
 * lambda &lt;- clamp(lambda exp(rate average), 1e-10, 1e10)
 * </pre>
 *
 * All state stays on the model's backend, so that no step has to wait for a download.
 */
public final class Geco implements LossWeighting {
  private static final double LOWEST = 1e-10;

  /** Upper bound of lambda, which it reaches only if the tolerance is out of reach. */
  public static final double HIGHEST = 1e10;

  private final Settings settings;
  private final Arena arena = new Arena("geco");
  private final Tensor lambda;
  private final Tensor average;

  /** 1 if the average has started, 0 before. */
  private final Tensor started;

  private final Tensor one;
  private Tensor nextAverage;
  private Tensor nextLambda;

  /**
   * Constants.
   *
   * @param tolerance accepted root mean squared error per pixel
   * @param alpha decay of the moving average
   * @param rate adaptation rate of lambda
   * @param lambda initial multiplier
   */
  public record Settings(double tolerance, double alpha, double rate, double lambda) {}

  /** Starts with {@code settings.lambda()} and no average. */
  public Geco(Settings settings, Backend backend, DType dtype) {
    this.settings = settings;
    try (Arena.Entered owner = arena.enter()) {
      lambda = Tensor.full(backend, dtype, Shape.SCALAR, settings.lambda());
      average = Tensor.full(backend, dtype, Shape.SCALAR, 0);
      started = Tensor.full(backend, dtype, Shape.SCALAR, 0);
      one = Tensor.full(backend, dtype, Shape.SCALAR, 1);
    }
  }

  @Override
  public Loss loss(Var mse, Var divergence) {
    Var constraint = Arithmetic.affine(mse, 1, -settings.tolerance() * settings.tolerance());
    nextAverage = average(constraint.value());
    Tensor factor = TensorOps.unary(UnaryOp.EXP, TensorOps.affine(nextAverage, settings.rate(), 0));
    Tensor raised = TensorOps.binary(BinaryOp.MUL, lambda, factor);
    nextLambda = TensorOps.clamp(raised, LOWEST, HIGHEST);
    // a copy, since lambda may change before the backward pass reads it
    Tensor weight = TensorOps.copy(lambda);
    Var shift = Var.constant(TensorOps.binary(BinaryOp.SUB, nextAverage, constraint.value()));
    Var bound = Arithmetic.mul(Var.constant(weight), Arithmetic.add(constraint, shift));
    return new Loss(Arithmetic.add(divergence, bound), weight);
  }

  private Tensor average(Tensor constraint) {
    Tensor stays = TensorOps.affine(started, settings.alpha(), 0);
    Tensor old = TensorOps.binary(BinaryOp.MUL, average, stays);
    Tensor share = TensorOps.affine(stays, -1, 1);
    Tensor fresh = TensorOps.binary(BinaryOp.MUL, constraint, share);
    return TensorOps.binary(BinaryOp.ADD, old, fresh);
  }

  @Override
  public void update(Tensor veto) {
    TensorOps.copyUnless(veto, nextAverage, average);
    TensorOps.copyUnless(veto, nextLambda, lambda);
    TensorOps.copyUnless(veto, one, started);
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
    return Map.of("lambda", lambda.item(), "average", average.item(), "started", started.item());
  }

  @Override
  public void restore(Map<String, Double> state) {
    lambda.set(state.get("lambda"));
    average.set(state.get("average"));
    started.set(state.get("started"));
  }

  @Override
  public void close() {
    arena.close();
  }
}
