package hgn.train;

import hgn.autograd.Var;
import hgn.autograd.ops.Arithmetic;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import java.util.Map;

/** The objective of a variational autoencoder with a fixed weight: loss = MSE + beta KL. */
public final class FixedBeta implements Objective {
  private final double beta;

  /** With this weight of the divergence. */
  public FixedBeta(double beta) {
    this.beta = beta;
  }

  @Override
  public Loss loss(Var mse, Var divergence) {
    Tensor weight = Tensor.full(mse.backend(), mse.dtype(), Shape.SCALAR, beta);
    return new Loss(Arithmetic.add(mse, Arithmetic.scale(divergence, beta)), weight);
  }

  @Override
  public void update(Tensor veto) {
    // beta stays
  }

  @Override
  public double weight() {
    return beta;
  }

  @Override
  public Map<String, Double> state() {
    return Map.of();
  }

  @Override
  public void restore(Map<String, Double> state) {
    // beta comes from the configuration
  }

  @Override
  public void close() {
    // owns nothing
  }
}
