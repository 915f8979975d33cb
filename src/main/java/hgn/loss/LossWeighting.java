package hgn.loss;

import hgn.autograd.Var;
import hgn.tensor.Tensor;
import java.util.Map;

/** What training minimises, put together from reconstruction error and divergence. */
public interface LossWeighting extends AutoCloseable {
  /**
   * What to minimise, and the weight of the constraint or the divergence in it, a scalar for the
   * log.
   */
  record Loss(Var total, Tensor weight) {}

  /** Prepares for step {@code step}, counted from 0, before its work is queued. */
  default void load(long step) {
    // most know all they need
  }

  /**
   * The loss of one step; the objective's own state stays until {@link #update}.
   *
   * @param mse mean squared error of a pixel, a scalar
   * @param divergence KL divergence per pixel and colour, a scalar
   */
  Loss loss(Var mse, Var divergence);

  /**
   * Takes over the state that the last loss led to, within the same arena.
   *
   * @param veto one number; where it is not 0 the state stays as it was
   */
  void update(Tensor veto);

  /** Weight of the constraint or the divergence now, for the log. */
  double weight();

  /** State to store in a checkpoint, by name. */
  Map<String, Double> state();

  /** Continues from a stored state. */
  void restore(Map<String, Double> state);

  @Override
  void close();
}
