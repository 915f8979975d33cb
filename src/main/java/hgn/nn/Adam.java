package hgn.nn;

import hgn.autograd.Var;
import hgn.tensor.AdamRule;
import hgn.tensor.AdamSlot;
import hgn.tensor.Arena;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import hgn.tensor.TensorOps;
import java.util.ArrayList;
import java.util.List;

/** The Adam optimiser; {@link AdamRule} has the formula. Owns the moments of every parameter. */
public final class Adam implements AutoCloseable {
  private final Parameters parameters;
  private final List<Slot> slots = new ArrayList<>();
  private final Arena arena = new Arena("adam");
  private final AdamRule rule;
  private long steps;

  /** A parameter with its first and second moments. */
  public record Slot(Parameter parameter, Tensor first, Tensor second) {}

  /** Creates zero moments for each trained parameter of {@code parameters}. */
  public Adam(
      Parameters parameters, double beta1, double beta2, double epsilon, double weightDecay) {
    this.parameters = parameters;
    this.rule = new AdamRule(beta1, beta2, epsilon, weightDecay);
    try (Arena.Entered owner = arena.enter()) {
      for (Parameter parameter : parameters.trained()) {
        slots.add(new Slot(parameter, zeros(parameter), zeros(parameter)));
      }
    }
  }

  private static Tensor zeros(Parameter parameter) {
    Tensor value = parameter.value();
    return Tensor.full(value.backend(), value.dtype(), value.shape(), 0);
  }

  /**
   * Updates every parameter and counts the step.
   *
   * @param gradients in the order of the parameters
   * @param rate learning rate of this step
   * @throws IllegalArgumentException if number or shapes do not match; nothing is changed then
   */
  public void step(List<Var> gradients, double rate) {
    requireFit(gradients);
    Tensor like = slots.get(0).parameter().value();
    try (Arena scratch = Arena.open("adam step")) {
      Tensor schedule =
          Tensor.of(like.backend(), like.dtype(), Shape.of(AdamRule.SCHEDULE), schedule(rate));
      update(gradients, schedule, Tensor.full(like.backend(), like.dtype(), Shape.SCALAR, 0));
    }
    count();
  }

  /**
   * Queues the update of every parameter; the caller has to call {@link #count}.
   *
   * @param gradients in the order of the parameters
   * @param schedule the values of {@link #schedule}
   * @param veto one number; if it is not 0 nothing is updated
   * @throws IllegalArgumentException if number or shapes do not match; nothing is changed then
   */
  public void update(List<Var> gradients, Tensor schedule, Tensor veto) {
    requireFit(gradients);
    List<AdamSlot> updates = new ArrayList<>(slots.size());
    for (int i = 0; i < slots.size(); i++) {
      Slot slot = slots.get(i);
      Tensor gradient = gradients.get(i).value();
      updates.add(new AdamSlot(slot.parameter().value(), gradient, slot.first(), slot.second()));
    }
    TensorOps.adam(updates, rule, schedule, veto);
  }

  /** The constants of the next update, see {@link AdamRule#schedule}. */
  public double[] schedule(double rate) {
    return rule.schedule(rate, steps + 1);
  }

  /** Increments the number of updates. */
  public void count() {
    steps++;
  }

  private void requireFit(List<Var> gradients) {
    if (gradients.size() != slots.size()) {
      throw new IllegalArgumentException(
          "[adam] "
              + gradients.size()
              + " gradients for "
              + slots.size()
              + " parameters; pass one for each, in their order");
    }
    for (int i = 0; i < slots.size(); i++) {
      Parameter parameter = slots.get(i).parameter();
      if (!gradients.get(i).shape().equals(parameter.shape())) {
        throw new IllegalArgumentException(
            "[adam] the gradient of "
                + parameter.name()
                + " has shape "
                + gradients.get(i).shape()
                + ", the parameter has "
                + parameter.shape()
                + "; pass them in the order of the parameters");
      }
    }
  }

  /** All parameters, including those that are not trained. */
  public Parameters parameters() {
    return parameters;
  }

  /** The trained parameters and their moments, for checkpoints. */
  public List<Slot> slots() {
    return List.copyOf(slots);
  }

  /** Number of updates so far. */
  public long steps() {
    return steps;
  }

  /** Continues as if {@code steps} updates had been made. */
  public void restoreSteps(long steps) {
    this.steps = steps;
  }

  @Override
  public void close() {
    arena.close();
  }
}
