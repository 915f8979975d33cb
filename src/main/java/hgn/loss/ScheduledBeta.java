package hgn.loss;

import hgn.autograd.Var;
import hgn.autograd.ops.Arithmetic;
import hgn.tensor.Arena;
import hgn.tensor.Backend;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import hgn.tensor.TensorOps;
import java.util.Map;

/**
 * The objective of a variational autoencoder: loss = MSE + beta KL, where beta depends only on the
 * step.
 */
public final class ScheduledBeta implements LossWeighting {
  private final Weight weight;
  private final Arena arena = new Arena("beta");
  private final Tensor beta;

  /**
   * Schedule of beta: geometric interpolation from the first to the last value.
   *
   * @param steps steps of the whole training
   */
  public record Weight(double first, double last, long steps) {
    /** A constant weight. */
    public static Weight constant(double beta) {
      return new Weight(beta, beta, 1);
    }

    /** The weight at step {@code step}, counted from 0. */
    public double at(long step) {
      double done = Math.min(1, step / (double) steps);
      return first == last ? last : first * Math.pow(last / first, done);
    }
  }

  /** Creates the objective with this schedule. */
  public ScheduledBeta(Weight weight, Backend backend, DType dtype) {
    this.weight = weight;
    try (Arena.Entered owner = arena.enter()) {
      beta = Tensor.full(backend, dtype, Shape.SCALAR, weight.at(0));
    }
  }

  @Override
  public void load(long step) {
    beta.set(weight.at(step));
  }

  @Override
  public Loss loss(Var mse, Var divergence) {
    // a copy, since beta may change before the backward pass reads it
    Tensor now = TensorOps.copy(beta);
    Var weighted = Arithmetic.mul(Var.constant(now), divergence);
    return new Loss(Arithmetic.add(mse, weighted), now);
  }

  @Override
  public void update(Tensor veto) {
    // beta depends only on the step
  }

  @Override
  public double weight() {
    return beta.item();
  }

  @Override
  public Map<String, Double> state() {
    return Map.of();
  }

  @Override
  public void restore(Map<String, Double> state) {
    // beta depends only on the step
  }

  @Override
  public void close() {
    arena.close();
  }
}
