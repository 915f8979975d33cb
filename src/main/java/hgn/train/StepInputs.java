package hgn.train;

import hgn.model.Hgn;
import hgn.random.Streams;
import hgn.tensor.AdamRule;
import hgn.tensor.Backend;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;

/**
 * All that changes from one training step to the next, in tensors of their own.
 *
 * @param clips frames that the encoder sees, see {@link Batch#clipShape}
 * @param targets frames to give back, see {@link Batch#targetShape}
 * @param states which states of the motion to decode, see {@link Reach#states}; null if all
 * @param noise standard normal, of the shape of z; null if the model is deterministic
 * @param schedule constants of the optimiser's update, see {@link AdamRule#schedule}
 */
record StepInputs(
    FrameInput clips, FrameInput targets, Tensor states, Tensor noise, Tensor schedule) {
  /** Tensors for batches like this one, in the innermost arena. */
  static StepInputs like(Batch batch, Hgn model, boolean deterministic, Reach reach) {
    Backend backend = model.parameters().backend();
    DType dtype = model.parameters().dtype();
    int size = model.spec().latentSize();
    Shape latent = Shape.of(batch.size(), size, size, model.spec().latent());
    int times = batch.times().length;
    return new StepInputs(
        FrameInput.allocate(
            backend, dtype, batch.clipShape(), batch.clipSceneShape(), batch.style()),
        FrameInput.allocate(
            backend, dtype, batch.targetShape(), batch.targetSceneShape(), batch.style()),
        reach.isAll(times) ? null : Tensor.allocate(backend, dtype, Shape.of(times)),
        deterministic ? null : Tensor.allocate(backend, dtype, latent),
        Tensor.allocate(backend, dtype, Shape.of(AdamRule.SCHEDULE)));
  }

  /** Writes a step's frames and constants. */
  void load(Batch batch, Reach reach, double[] constants) {
    clips.load(batch.clips());
    targets.load(batch.targets());
    if (states != null) {
      states.set(reach.states(batch.times()));
    }
    schedule.set(constants);
  }

  /** Draws a step's noise. */
  void drawNoise(long seed, long step) {
    if (noise != null) {
      noise.backend().normal(seed, Streams.TRAINING_NOISE.at(step), noise);
    }
  }
}
