package hgn.tensor;

import java.util.List;
import java.util.Optional;

/**
 * A backend's fused computation of a whole rollout and its vector-Jacobian product. {@link
 * RolloutPlan} defines the shapes; callers have checked them and allocated the results.
 */
public interface RolloutKernel {
  /** Weights (kh,kw,inputs,outputs) and biases (outputs) of a plan's layers. */
  record Weights(List<Tensor> weights, List<Tensor> biases) {}

  /**
   * Why this kernel cannot compute the plan, which must then be composed of single operations;
   * empty if it can.
   */
  Optional<String> refusal(RolloutPlan plan, DType dtype, int batch);

  /**
   * Computes all states, starting at (q, p).
   *
   * @param states receives the {@link RolloutPlan#trajectory}
   * @param visited receives the {@link RolloutPlan#visited} states, which {@link #backward} needs;
   *     null if it will not be called
   */
  void forward(
      RolloutPlan plan, Weights weights, Tensor q, Tensor p, Tensor states, Tensor visited);

  /**
   * Computes the cotangents of a part of the rollout. For each evaluation of dH and each layer it
   * also returns the factors of the weight's gradient: the layer's input a, the cotangent delta of
   * its result, and their tangents a' and delta' along the cotangent of dH. The weight's gradient
   * is the sum of conv2dWeightGrad(a, delta') and conv2dWeightGrad(a', delta), and the bias's is
   * the sum of delta'.
   *
   * @param visited as filled by {@link #forward}
   * @param cotangents of all states, of the shape of the trajectory
   * @param first index of the part's first step
   * @param end index one past the part's last step
   * @param state (2N,h,w,C), q before p: the total cotangent of the state before step {@code end};
   *     overwritten with that of the state before step {@code first}
   * @param inputs for each layer receives a, then a', each (evaluations N,H,W,inputs)
   * @param deltas for each layer receives delta', then delta, each (evaluations N,H',W',outputs)
   */
  void backward(
      RolloutPlan plan,
      Weights weights,
      Tensor visited,
      Tensor cotangents,
      int first,
      int end,
      Tensor state,
      List<Tensor> inputs,
      List<Tensor> deltas);
}
