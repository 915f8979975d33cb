package hgn.loss;

import hgn.autograd.Var;
import hgn.tensor.Tensor;
import java.util.Map;

/** Combines reconstruction error and divergence to the objective of training. */
public interface LossWeighting extends AutoCloseable {
  /** The objective, and the weight of its constraint or divergence, a scalar for the log. */
  record Loss(Var total, Tensor weight) {}

  /** Prepares step {@code step}, counted from 0, before its work is queued. */
  default void load(long step) {
    // by default there is nothing to prepare
  }

  /**
   * The loss of one step. The objective's own state does not change until {@link #update}.
   *
   * @param mse mean squared error per pixel, a scalar
   * @param divergence KL divergence per pixel and colour, a scalar
   */
  Loss loss(Var mse, Var divergence);

  /**
   * Commits the state update of the last loss, within the same arena.
   *
   * @param veto a scalar; if it is not 0, the state stays unchanged
   */
  void update(Tensor veto);

  /** Current weight of the constraint or the divergence, for the log. */
  double weight();

  /** State to store in a checkpoint, by name. */
  Map<String, Double> state();

  /** Continues from a stored state. */
  void restore(Map<String, Double> state);

  @Override
  void close();
}
