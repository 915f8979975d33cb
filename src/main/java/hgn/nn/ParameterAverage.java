package hgn.nn;

import hgn.tensor.Arena;
import hgn.tensor.BinaryOp;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import hgn.tensor.TensorOps;
import java.util.ArrayList;
import java.util.List;

/**
 * An exponential moving average of a model's trained parameters (Polyak and Juditsky 1992), which
 * often performs better than the parameters themselves: after update t, counted from 1,
 *
 * <pre>
 * average &lt;- average + share (w - average), share = 1 - min(decay, (1 + t) / (10 + t)),
 * </pre>
 *
 * so that the first steps are soon forgotten. Owns the averages.
 */
public final class ParameterAverage implements AutoCloseable {
  private final double decay;
  private final List<Slot> slots = new ArrayList<>();
  private final Arena arena = new Arena("parameter average");
  private final Tensor share;

  /** A trained parameter and its average, of the same shape. */
  public record Slot(Parameter parameter, Tensor average) {}

  /**
   * Creates averages that start at the current parameters.
   *
   * @param decay fraction of the average that is kept in each update, in (0, 1)
   */
  public ParameterAverage(Parameters parameters, double decay) {
    if (!(decay > 0 && decay < 1)) {
      throw new IllegalArgumentException(
          "[average] a decay of " + decay + " averages nothing; use a number between 0 and 1");
    }
    this.decay = decay;
    try (Arena.Entered owner = arena.enter()) {
      for (Parameter parameter : parameters.trained()) {
        slots.add(new Slot(parameter, TensorOps.copy(parameter.value())));
      }
      share = Tensor.full(parameters.backend(), parameters.dtype(), Shape.SCALAR, 0);
    }
  }

  /** Prepares for update {@code t}, counted from 1, before its work is queued. */
  public void load(long t) {
    share.set(1 - Math.min(decay, (1.0 + t) / (10.0 + t)));
  }

  /** Queues an update. */
  public void update() {
    for (Slot slot : slots) {
      Tensor difference = TensorOps.binary(BinaryOp.SUB, slot.parameter().value(), slot.average());
      TensorOps.addInto(slot.average(), TensorOps.binary(BinaryOp.MUL, difference, share));
    }
  }

  /** The trained parameters and their averages, for checkpoints. */
  public List<Slot> slots() {
    return List.copyOf(slots);
  }

  /** Replaces the parameters by their averages until the result is closed. */
  public InUse use() {
    InUse use = new InUse();
    slots.forEach(slot -> TensorOps.copyInto(slot.average(), slot.parameter().value()));
    return use;
  }

  /** While open, the model computes with the averages. */
  public final class InUse implements AutoCloseable {
    private final Arena kept = new Arena("parameters kept");
    private final List<Tensor> values = new ArrayList<>();

    private InUse() {
      try (Arena.Entered owner = kept.enter()) {
        slots.forEach(slot -> values.add(TensorOps.copy(slot.parameter().value())));
      }
    }

    @Override
    public void close() {
      for (int i = 0; i < values.size(); i++) {
        TensorOps.copyInto(values.get(i), slots.get(i).parameter().value());
      }
      kept.close();
    }
  }

  @Override
  public void close() {
    arena.close();
  }
}
