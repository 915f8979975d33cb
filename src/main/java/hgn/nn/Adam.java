package hgn.nn;

import hgn.autograd.Var;
import hgn.tensor.AdamStep;
import hgn.tensor.Arena;
import hgn.tensor.Tensor;
import hgn.tensor.TensorOps;
import java.util.ArrayList;
import java.util.List;

/** The Adam optimiser; {@link AdamStep} has the formula. Owns the moments of every parameter. */
public final class Adam implements AutoCloseable {
  private final List<Slot> slots = new ArrayList<>();
  private final Arena arena = new Arena("adam");
  private final double beta1;
  private final double beta2;
  private final double epsilon;
  private final double weightDecay;
  private long steps;

  /** A parameter with its first and second moment. */
  public record Slot(Parameter parameter, Tensor first, Tensor second) {}

  /** Moments of zero for each of {@code parameters}. */
  public Adam(
      Parameters parameters, double beta1, double beta2, double epsilon, double weightDecay) {
    this.beta1 = beta1;
    this.beta2 = beta2;
    this.epsilon = epsilon;
    this.weightDecay = weightDecay;
    try (Arena.Entered owner = arena.enter()) {
      for (Parameter parameter : parameters.all()) {
        slots.add(new Slot(parameter, zeros(parameter), zeros(parameter)));
      }
    }
  }

  private static Tensor zeros(Parameter parameter) {
    Tensor value = parameter.value();
    return Tensor.full(value.backend(), value.dtype(), value.shape(), 0);
  }

  /**
   * Updates every parameter.
   *
   * @param gradients in the order of the parameters
   * @param rate learning rate of this step
   * @throws IllegalArgumentException if number or shapes do not fit; nothing is changed then
   */
  public void step(List<Var> gradients, double rate) {
    requireFit(gradients);
    steps++;
    AdamStep step = new AdamStep(rate, beta1, beta2, epsilon, weightDecay, steps);
    for (int i = 0; i < slots.size(); i++) {
      Slot slot = slots.get(i);
      TensorOps.adam(
          slot.parameter().value(), gradients.get(i).value(), slot.first(), slot.second(), step);
    }
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

  /** Parameters and moments, for checkpoints. */
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
