package hgn.tensor;

import java.util.List;
import java.util.Optional;

/**
 * What a backend offers that computes a whole rollout at once, and its vector-Jacobian product.
 * Shapes are as {@link RolloutPlan} says; callers have checked them and allocated the results.
 */
public interface RolloutKernel {
  /** Weights (kh,kw,inputs,outputs) and biases (outputs) of a plan's layers. */
  record Weights(List<Tensor> weights, List<Tensor> biases) {}

  /** Why this plan has to be composed of single operations instead; empty if it need not. */
  Optional<String> refusal(RolloutPlan plan, DType dtype, int batch);

  /**
   * All states from (q, p) on.
   *
   * @param states receives the {@link RolloutPlan#trajectory}
   * @param visited receives the states {@link RolloutPlan#visited}, which {@link #backward} needs;
   *     null if it will not be called
   */
  void forward(
      RolloutPlan plan, Weights weights, Tensor q, Tensor p, Tensor states, Tensor visited);

  /**
   * The cotangents of a part of the rollout. For each evaluation of dH and each layer it also gives
   * what the weight's gradient is made of: with the layer's input a, its result's cotangent delta,
   * and their tangents a' and delta' along the cotangent of dH, that gradient is the sum of
   * conv2dWeightGrad(a, delta') and conv2dWeightGrad(a', delta), and the bias's is the sum of
   * delta'.
   *
   * @param visited as {@link #forward} gave it
   * @param cotangents those of all states, of the shape of the trajectory
   * @param first number of the part's first step
   * @param end number of the first step behind the part
   * @param state (2N,h,w,C), q before p: the cotangent by the state before step {@code end}, all of
   *     it; becomes that by the state before step {@code first}
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
