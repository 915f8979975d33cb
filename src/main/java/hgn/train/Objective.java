package hgn.train;

import hgn.autograd.Var;
import java.util.Map;

/** What training minimises, put together from reconstruction error and divergence. */
public interface Objective extends AutoCloseable {
  /**
   * The loss of one step; updates the objective's own state.
   *
   * @param mse mean squared error of a pixel, a scalar
   * @param divergence KL divergence per pixel and colour, a scalar
   */
  Var loss(Var mse, Var divergence);

  /** Weight of the constraint or the divergence now, for the log. */
  double weight();

  /** State to store in a checkpoint, by name. */
  Map<String, Double> state();

  /** Continues from a stored state. */
  void restore(Map<String, Double> state);

  @Override
  void close();
}
