package hgn.dynamics;

import hgn.autograd.Tape;
import hgn.autograd.Var;
import hgn.tensor.Arena;
import hgn.tensor.DType;
import hgn.tensor.RolloutKernel;
import hgn.tensor.RolloutPlan;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import hgn.tensor.TensorOps;
import java.util.ArrayList;
import java.util.List;

/**
 * The vector-Jacobian product of a {@link FusedRollout}, for all its inputs together. It goes back
 * through the steps in parts of bounded memory and computes one weight gradient per layer and part.
 */
final class RolloutGradient {
  private final RolloutKernel kernel;
  private final RolloutPlan plan;
  private final RolloutKernel.Weights weights;
  private final Tensor visited;
  private final boolean trained;
  private final long partBytes;
  private final Arena owner = Arena.current();
  private final int batch;
  private Var cotangent;
  private List<Tensor> gradients;

  /**
   * The product for one rollout; its results belong to the arena that is innermost now.
   *
   * @param visited states that the forward pass kept
   * @param trained whether gradients with respect to the weights are wanted too, not only the start
   * @param partBytes bound on a part's memory for the weights' gradients; a part has at least one
   *     step
   */
  RolloutGradient(
      RolloutKernel kernel,
      RolloutPlan plan,
      RolloutKernel.Weights weights,
      Tensor visited,
      boolean trained,
      long partBytes) {
    this.kernel = kernel;
    this.plan = plan;
    this.weights = weights;
    this.visited = visited;
    this.trained = trained;
    this.partBytes = partBytes;
    batch = visited.shape().dim(0) / plan.evaluations();
  }

  /**
   * Returns the gradient with respect to input {@code index}: q and p of the start, the weights,
   * the biases.
   *
   * @param g cotangent of all states
   * @throws UnsupportedOperationException if the gradient is to be recorded
   */
  Var byInput(int index, Var g) {
    if (Tape.isRecording()) {
      throw new UnsupportedOperationException(
          "[rollout] its gradient is computed in one kernel and cannot be differentiated again;"
              + " run with -Dhgn.fused=false for that");
    }
    if (g != cotangent) { // otherwise computed for another input already
      try (Arena.Entered entered = owner.enter()) {
        gradients = compute(g.value());
      }
      cotangent = g;
    }
    return Var.constant(gradients.get(index));
  }

  private List<Tensor> compute(Tensor g) {
    Tensor state = last(g);
    List<Tensor> byWeight = new ArrayList<>();
    List<Tensor> byBias = new ArrayList<>();
    int atOnce = stepsAtOnce(g.dtype());
    for (int end = plan.steps(); end > 0; end -= atOnce) {
      try (Arena scratch = Arena.open("rollout gradient")) {
        back(g, Math.max(0, end - atOnce), end, state, byWeight, byBias, scratch);
      }
    }
    List<Tensor> all = new ArrayList<>();
    all.add(state.rows(0, batch));
    all.add(state.rows(batch, batch));
    all.addAll(byWeight);
    all.addAll(byBias);
    return all;
  }

  /** The cotangent of the last state, in memory of its own. */
  private Tensor last(Tensor g) {
    int row = plan.steps() * batch;
    Tensor q = g.rows(row, batch);
    Tensor p = g.rows((plan.steps() + 1) * batch + row, batch);
    return TensorOps.concat(List.of(q, p), 0);
  }

  private void back(
      Tensor g,
      int first,
      int end,
      Tensor state,
      List<Tensor> byWeight,
      List<Tensor> byBias,
      Arena scratch) {
    int evaluations = (end - first) * plan.program().evaluations() * batch;
    List<Shape> images = plan.images(2 * evaluations);
    int layers = plan.layers().size();
    List<Tensor> inputs = images.subList(0, layers).stream().map(s -> Tensor.like(g, s)).toList();
    List<Tensor> deltas =
        images.subList(1, layers + 1).stream().map(s -> Tensor.like(g, s)).toList();
    kernel.backward(plan, weights, visited, g, first, end, state, inputs, deltas);
    for (int k = 0; trained && k < layers; k++) {
      RolloutPlan.Layer layer = plan.layers().get(k);
      Tensor delta = deltas.get(k);
      Tensor byW =
          TensorOps.conv2dWeightGrad(inputs.get(k), delta, layer.geometry(), layer.weight());
      Tensor byB = TensorOps.sumTo(delta.rows(0, evaluations), Shape.of(layer.weight().dim(3)));
      add(byWeight, k, byW, scratch);
      add(byBias, k, byB, scratch);
    }
  }

  private static void add(List<Tensor> sums, int index, Tensor term, Arena scratch) {
    if (sums.size() == index) {
      scratch.keep(term);
      sums.add(term);
    } else {
      TensorOps.addInto(sums.get(index), term);
    }
  }

  private int stepsAtOnce(DType dtype) {
    List<Shape> images = plan.images(2 * plan.program().evaluations() * batch);
    long values = 0;
    for (int k = 0; k < plan.layers().size(); k++) {
      values += images.get(k).count() + images.get(k + 1).count();
    }
    return (int) Math.max(1, Math.min(plan.steps(), partBytes / (values * dtype.bytes())));
  }
}
