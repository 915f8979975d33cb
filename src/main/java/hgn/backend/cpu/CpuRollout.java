package hgn.backend.cpu;

import hgn.tensor.Conv2dGeometry;
import hgn.tensor.DType;
import hgn.tensor.RolloutKernel;
import hgn.tensor.RolloutPlan;
import hgn.tensor.RolloutProgram;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Computes a whole rollout in one native call. Passes the plan in arrays of sizes, factors and
 * addresses.
 */
final class CpuRollout implements RolloutKernel {
  private static final int HEAD = 6;
  private static final int LAYER = 12;

  @Override
  public Optional<String> refusal(RolloutPlan plan, DType dtype, int batch) {
    return dtype == DType.FLOAT32
        ? Optional.empty()
        : Optional.of("the native rollout computes in float32, not in " + dtype);
  }

  @Override
  public void forward(
      RolloutPlan plan, Weights weights, Tensor q, Tensor p, Tensor states, Tensor visited) {
    Native.rolloutForward(
        sizes(plan),
        factors(plan),
        addresses(weights.weights(), weights.biases()),
        q.shape().dim(0),
        CpuBackend.address(q),
        CpuBackend.address(p),
        CpuBackend.address(states),
        visited == null ? 0 : CpuBackend.address(visited));
  }

  @Override
  public void backward(
      RolloutPlan plan,
      Weights weights,
      Tensor visited,
      Tensor cotangents,
      int first,
      int end,
      Tensor state,
      List<Tensor> inputs,
      List<Tensor> deltas) {
    Native.rolloutBackward(
        sizes(plan),
        factors(plan),
        addresses(weights.weights(), weights.biases()),
        state.shape().dim(0) / 2,
        CpuBackend.address(visited),
        CpuBackend.address(cotangents),
        first,
        end,
        CpuBackend.address(state),
        addresses(inputs, deltas));
  }

  private static long[] addresses(List<Tensor> first, List<Tensor> second) {
    return Stream.concat(first.stream(), second.stream()).mapToLong(CpuBackend::address).toArray();
  }

  private static int[] sizes(RolloutPlan plan) {
    int layers = plan.layers().size();
    int moves = plan.program().evaluations();
    int[] sizes = new int[HEAD + LAYER * layers + moves];
    sizes[0] = plan.steps();
    sizes[1] = plan.height() * plan.width();
    sizes[2] = plan.channels();
    sizes[3] = plan.program() instanceof RolloutProgram.Splitting ? 1 : 0;
    sizes[4] = layers;
    sizes[5] = moves;
    List<Shape> images = plan.images(1);
    for (int l = 0; l < layers; l++) {
      int[] layer = layer(plan.layers().get(l), images.get(l), images.get(l + 1));
      System.arraycopy(layer, 0, sizes, HEAD + LAYER * l, LAYER);
    }
    if (plan.program() instanceof RolloutProgram.Splitting splitting) {
      for (int m = 0; m < moves; m++) {
        sizes[HEAD + LAYER * layers + m] = splitting.moves().get(m).kick() ? 1 : 0;
      }
    }
    return sizes;
  }

  private static int[] layer(RolloutPlan.Layer layer, Shape x, Shape y) {
    Shape w = layer.weight();
    Conv2dGeometry geometry = layer.geometry();
    return new int[] {
      x.dim(1),
      x.dim(2),
      x.dim(3),
      w.dim(0),
      w.dim(1),
      w.dim(3),
      y.dim(1),
      y.dim(2),
      geometry.stride(),
      geometry.top(),
      geometry.left(),
      layer.activation().ordinal()
    };
  }

  /**
   * The base energy, then factor and glide of each move, or weight and reach of each stage, times
   * dt.
   */
  private static float[] factors(RolloutPlan plan) {
    float[] factors = new float[2 + 2 * plan.program().evaluations()];
    factors[0] = (float) plan.kinetic();
    factors[1] = (float) plan.spring();
    int next = 2;
    if (plan.program() instanceof RolloutProgram.Splitting splitting) {
      for (RolloutProgram.Move move : splitting.moves()) {
        factors[next++] = (float) (plan.dt() * move.factor());
        factors[next++] = (float) (plan.dt() * move.glide());
      }
    } else {
      for (RolloutProgram.Stage stage : ((RolloutProgram.Stages) plan.program()).stages()) {
        factors[next++] = (float) (plan.dt() * stage.weight());
        factors[next++] = (float) (plan.dt() * stage.reach());
      }
    }
    return factors;
  }
}
