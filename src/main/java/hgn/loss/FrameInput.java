package hgn.loss;

import hgn.tensor.Backend;
import hgn.tensor.DType;
import hgn.tensor.DiscStyle;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import hgn.tensor.TensorOps;

/**
 * Input frames of a step, either uploaded or drawn on the device from uploaded scenes.
 *
 * @param frames the frames
 * @param scenes the scenes to draw; null if frames are uploaded
 * @param style how scenes are drawn; null if frames are uploaded
 */
public record FrameInput(Tensor frames, Tensor scenes, DiscStyle style) {
  /**
   * Allocates tensors in the innermost arena.
   *
   * @param style how scenes are drawn; null if frames are uploaded; {@code scenes} is then ignored
   */
  static FrameInput allocate(
      Backend backend, DType dtype, Shape frames, Shape scenes, DiscStyle style) {
    return new FrameInput(
        Tensor.allocate(backend, dtype, frames),
        style == null ? null : Tensor.allocate(backend, dtype, scenes),
        style);
  }

  /** Queues the upload of a step's frames or, with a style, scenes. */
  void load(float[] values) {
    if (scenes == null) {
      frames.set(values);
    } else {
      scenes.set(values);
      TensorOps.paint(style, scenes, frames);
    }
  }
}
