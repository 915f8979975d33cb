package hgn.loss;

import hgn.data.Batch;
import hgn.random.Philox;
import hgn.random.Streams;
import hgn.tensor.AdamRule;
import hgn.tensor.Backend;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import java.util.Optional;

/**
 * The inputs that vary between training steps, in their own tensors.
 *
 * @param clips frames that the encoder sees, see {@link Batch#clipShape}
 * @param targets frames to reconstruct, see {@link Batch#targetShape}
 * @param states which states of the motion to decode, see {@link DecodeSpan#states}; null if all
 * @param noise standard normal noise with the shape of z; null if the step needs none
 * @param schedule constants of the optimiser's update, see {@link AdamRule#schedule}
 */
public record StepInputs(
    FrameInput clips, FrameInput targets, Tensor states, Tensor noise, Tensor schedule) {
  /** Allocates tensors for batches like this one, in the innermost arena. */
  public static StepInputs like(Batch batch, ModelLoss modelLoss) {
    Backend backend = modelLoss.parameters().backend();
    DType dtype = modelLoss.parameters().dtype();
    return new StepInputs(
        FrameInput.allocate(
            backend, dtype, batch.clipShape(), batch.clipSceneShape(), batch.style()),
        FrameInput.allocate(
            backend, dtype, batch.targetShape(), batch.targetSceneShape(), batch.style()),
        modelLoss
            .states(batch)
            .map(states -> Tensor.allocate(backend, dtype, Shape.of(states.length)))
            .orElse(null),
        modelLoss.noise(batch).map(shape -> Tensor.allocate(backend, dtype, shape)).orElse(null),
        Tensor.allocate(backend, dtype, Shape.of(AdamRule.SCHEDULE)));
  }

  /** Uploads a step's frames and constants. */
  public void load(Batch batch, Optional<double[]> chosen, double[] constants) {
    clips.load(batch.clips());
    targets.load(batch.targets());
    chosen.ifPresent(numbers -> states.set(numbers));
    schedule.set(constants);
  }

  /** Draws a step's noise. */
  public void drawNoise(long seed, long step) {
    if (noise != null) {
      noise.backend().normal(seed, Streams.TRAINING_NOISE.at(step), noise);
    }
  }

  /**
   * Draws the noise of a step for some samples of a larger batch: the same numbers, but for
   * rounding, that they have there.
   *
   * @param first number of the first of these samples
   */
  public void drawNoise(long seed, long step, int first) {
    if (noise != null) {
      double[] rows = new double[Math.toIntExact(noise.shape().count())];
      long before = first * noise.shape().inner(0);
      Philox.normalFrom(seed, Streams.TRAINING_NOISE.at(step), before, rows);
      noise.set(rows);
    }
  }
}
