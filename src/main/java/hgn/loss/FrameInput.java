package hgn.loss;

import hgn.tensor.Backend;
import hgn.tensor.DType;
import hgn.tensor.DiscStyle;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import hgn.tensor.TensorOps;

/**
 * Frames that a step takes: uploaded, or drawn on the device from scenes that are.
 *
 * @param frames the frames
 * @param scenes what they show; null if they are uploaded
 * @param style how scenes are drawn; null if there are none
 */
public record FrameInput(Tensor frames, Tensor scenes, DiscStyle style) {
  /**
   * Tensors in the innermost arena.
   *
   * @param style how scenes are drawn; null if frames are uploaded, and {@code scenes} means
   *     nothing
   */
  static FrameInput allocate(
      Backend backend, DType dtype, Shape frames, Shape scenes, DiscStyle style) {
    return new FrameInput(
        Tensor.allocate(backend, dtype, frames),
        style == null ? null : Tensor.allocate(backend, dtype, scenes),
        style);
  }

  /** Queues the writing of a step's frames; {@code values} are they, or their scenes. */
  void load(float[] values) {
    if (scenes == null) {
      frames.set(values);
    } else {
      scenes.set(values);
      TensorOps.paint(style, scenes, frames);
    }
  }
}
