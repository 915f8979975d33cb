package hgn.dynamics;

import static hgn.autograd.Edge.wrt;

import hgn.autograd.Edge;
import hgn.autograd.Tape;
import hgn.autograd.Var;
import hgn.autograd.ops.Layout;
import hgn.tensor.RolloutKernel;
import hgn.tensor.RolloutPlan;
import hgn.tensor.RolloutProgram;
import hgn.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * The rollout of a {@link KernelForm} as one operation, computed by a backend's {@link
 * RolloutKernel}: all states y = (s_0, ..., s_T) from s_0 and the network's weights.
 *
 * <p>{@link HamiltonianFlow} has the equivalent composition of single operations. The VJP is {@link
 * RolloutGradient}; it is computed for all inputs together and cannot be differentiated again.
 */
final class FusedRollout {
  /** Bound on the memory for the weights' gradients in a part of the backward pass. */
  static final long PART_BYTES = 256L << 20;

  private final RolloutKernel kernel;
  private final RolloutPlan plan;
  private final List<KernelForm.Layer> layers;
  private final long partBytes;

  /**
   * Creates a rollout by this kernel.
   *
   * @param partBytes bound on the memory for the weights' gradients
   */
  FusedRollout(
      RolloutKernel kernel, RolloutPlan plan, List<KernelForm.Layer> layers, long partBytes) {
    this.kernel = kernel;
    this.plan = plan;
    this.layers = layers;
    this.partBytes = partBytes;
  }

  /** Returns the plan of a rollout of this energy from {@code start}. */
  static RolloutPlan plan(
      KernelForm energy, RolloutProgram program, PhaseState start, int steps, double dt) {
    return new RolloutPlan(
        start.q().shape().dim(1),
        start.q().shape().dim(2),
        start.q().shape().dim(3),
        energy.layers().stream()
            .map(l -> new RolloutPlan.Layer(l.weight().shape(), l.geometry(), l.activation()))
            .toList(),
        energy.kinetic(),
        energy.spring(),
        program,
        steps,
        dt);
  }

  /** Returns the states, the first of which is {@code start} itself. */
  Trajectory from(PhaseState start) {
    return new States(start, record(start, start.q().shape().dim(0)), plan.steps() + 1);
  }

  private Var record(PhaseState start, int batch) {
    List<Var> inputs = new ArrayList<>(List.of(start.q(), start.p()));
    layers.forEach(layer -> inputs.add(layer.weight()));
    layers.forEach(layer -> inputs.add(layer.bias()));
    boolean recorded = Tape.isRecording() && inputs.stream().anyMatch(Var::isDifferentiable);
    Tensor q = start.q().value();
    Tensor p = start.p().value();
    Tensor states = Tensor.like(q, plan.trajectory(batch));
    Tensor visited = recorded ? Tensor.like(q, plan.visited(batch)) : null;
    RolloutKernel.Weights weights =
        new RolloutKernel.Weights(
            layers.stream().map(layer -> layer.weight().value()).toList(),
            layers.stream().map(layer -> layer.bias().value()).toList());
    kernel.forward(plan, weights, q, p, states, visited);
    if (!recorded) {
      return Var.constant(states);
    }
    boolean trained = inputs.subList(2, inputs.size()).stream().anyMatch(Var::isDifferentiable);
    RolloutGradient gradient =
        new RolloutGradient(kernel, plan, weights, visited, trained, partBytes);
    Edge[] edges = new Edge[inputs.size()];
    for (int i = 0; i < edges.length; i++) {
      int input = i;
      edges[i] = wrt(inputs.get(i), (y, g) -> gradient.byInput(input, g));
    }
    return Tape.record("rollout", states, edges);
  }

  /** Views of the one tensor that holds all states. */
  private static final class States extends Trajectory {
    private final Var all;
    private final PhaseState[] states;
    private final int batch;

    States(PhaseState start, Var all, int count) {
      this.all = all;
      this.states = new PhaseState[count];
      this.batch = start.q().shape().dim(0);
      states[0] = start;
    }

    @Override
    public Var positions() {
      return Layout.rows(all, 0, states.length * batch);
    }

    @Override
    public PhaseState get(int index) {
      if (states[index] == null) {
        int row = index * batch;
        Var q = Layout.rows(all, row, batch);
        states[index] = new PhaseState(q, Layout.rows(all, states.length * batch + row, batch));
      }
      return states[index];
    }

    @Override
    public int size() {
      return states.length;
    }
  }
}
