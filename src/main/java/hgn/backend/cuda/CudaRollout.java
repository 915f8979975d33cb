package hgn.backend.cuda;

import hgn.tensor.DType;
import hgn.tensor.MemoryPool;
import hgn.tensor.RolloutKernel;
import hgn.tensor.RolloutPlan;
import hgn.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Computes whole rollouts in one launch, see kernels/rollout.cuh. */
final class CudaRollout implements RolloutKernel {
  private static final String OP = "rollout";

  /** What the name of a kernel for clusters ends with. */
  private static final String CLUSTER = "_cluster";

  private final KernelModule kernels;
  private final MemoryPool pool;
  private final RolloutDevice device;
  private final Map<Key, RolloutLayout> layouts = new ConcurrentHashMap<>();

  /** The inputs of a layout. */
  private record Key(RolloutPlan plan, int batch, boolean dual) {}

  CudaRollout(KernelModule kernels, MemoryPool pool, RolloutDevice device) {
    this.kernels = kernels;
    this.pool = pool;
    this.device = device;
  }

  @Override
  public Optional<String> refusal(RolloutPlan plan, DType dtype, int batch) {
    if (dtype != DType.FLOAT32) {
      return Optional.of("the rollout kernel computes in float32, not in " + dtype);
    }
    if (plan.layers().size() > RolloutLaunch.MOST_LAYERS) {
      return Optional.of(
          plan.layers().size()
              + " layers of the Hamiltonian are more than the "
              + RolloutLaunch.MOST_LAYERS
              + " that the rollout kernel takes");
    }
    if (plan.program().evaluations() > RolloutLaunch.MOST_MOVES) {
      return Optional.of(
          plan.program().evaluations()
              + " evaluations a step are more than the "
              + RolloutLaunch.MOST_MOVES
              + " that the rollout kernel takes");
    }
    int least = RolloutLayout.least(plan, true);
    if (least > device.sharedFloats()) {
      return Optional.of(
          "a sample's activations need "
              + least * Float.BYTES
              + " bytes of shared memory, a block of this device has "
              + device.sharedFloats() * Float.BYTES);
    }
    return Optional.empty();
  }

  /** Returns the layout of a launch. */
  RolloutLayout layout(RolloutPlan plan, int batch, boolean dual) {
    return layouts.computeIfAbsent(new Key(plan, batch, dual), this::layout);
  }

  private RolloutLayout layout(Key key) {
    return RolloutLayout.of(key.plan(), key.batch(), key.dual(), device)
        .orElseThrow(
            () -> new IllegalArgumentException("[rollout] does not fit; ask refusal before"));
  }

  @Override
  public void forward(
      RolloutPlan plan, Weights weights, Tensor q, Tensor p, Tensor states, Tensor visited) {
    int batch = q.shape().dim(0);
    RolloutLayout layout = layout(plan, batch, false);
    RolloutLaunch launch =
        new RolloutLaunch(plan, layout, batch).start(q, p).states(states, visited);
    run("rollout_forward", weights, layout, launch, batch);
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
    int batch = state.shape().dim(0) / 2;
    RolloutLayout layout = layout(plan, batch, true);
    RolloutLaunch launch =
        new RolloutLaunch(plan, layout, batch)
            .states(cotangents, visited)
            .part(first, end, state)
            .kept(inputs, deltas);
    run("rollout_backward", weights, layout, launch, batch);
  }

  private void run(
      String kernel, Weights weights, RolloutLayout layout, RolloutLaunch launch, int batch) {
    try (Scratch scratch = new Scratch(pool)) {
      Floats packed = scratch.floats(RolloutLaunch.packedFloats(layout));
      launch.weights(weights.weights(), weights.biases(), packed);
      boolean clusters = layout.cluster() > 1;
      String pack = clusters ? "rollout_pack_shares" : "rollout_pack";
      kernels.launch(OP, pack, Grid.over(packed.count()), launch);
      int blocks = (batch + layout.samples() - 1) / layout.samples() * layout.cluster();
      Grid grid = new Grid(blocks, RolloutTile.THREADS, 1, layout.floats() * Float.BYTES);
      kernels.launch(OP, clusters ? kernel + CLUSTER : kernel, grid, launch);
    }
  }
}
