package hgn.backend.cuda;

import hgn.tensor.Conv2dGeometry;
import hgn.tensor.Precision;
import hgn.tensor.Shape;

/**
 * What a convolution depends on as cuDNN sees it: sizes, a padding alike on opposite sides, and the
 * precision.
 *
 * @param direction which of the three is computed
 * @param x (N,H,W,C), with the zeros that cuDNN cannot add
 * @param w (kh,kw,C,O)
 * @param y (N,H',W',O)
 * @param stride of the window
 * @param rows of zeros before the first and after the last
 * @param columns of zeros before the first and after the last
 * @param precision of the operands
 */
record ConvolutionCase(
    Direction direction,
    Shape x,
    Shape w,
    Shape y,
    int stride,
    int rows,
    int columns,
    Precision precision) {
  /** The convolution itself and its two gradients. */
  enum Direction {
    FORWARD("conv2d", "Forward"),
    INPUT_GRAD("conv2dInputGrad", "BackwardData"),
    WEIGHT_GRAD("conv2dWeightGrad", "BackwardFilter");

    private final String op;
    private final String name;

    Direction(String op, String name) {
      this.op = op;
      this.name = name;
    }

    /** The primitive, for messages. */
    String op() {
      return op;
    }

    /** Part of the names of cuDNN's calls. */
    String cudnn() {
      return name;
    }
  }

  /** The case for an image that has the padding already, or needs none but what cuDNN adds. */
  static ConvolutionCase of(
      Direction direction, Shape x, Shape w, Shape y, Conv2dGeometry geometry) {
    boolean padded = needsFrame(x, w, y, geometry);
    return new ConvolutionCase(
        direction,
        padded ? padded(x, geometry) : x,
        w,
        y,
        geometry.stride(),
        padded ? 0 : geometry.top(),
        padded ? 0 : geometry.left(),
        geometry.exact() ? Precision.FP32 : Precision.configured());
  }

  /** Whether cuDNN is given all three operands in bfloat16; else it is in float32. */
  boolean isBfloat16() {
    return precision == Precision.BF16;
  }

  /** Whether {@link #x} is larger than the image, by the padding. */
  boolean isPadded(Shape image) {
    return !x.equals(image);
  }

  private static Shape padded(Shape x, Conv2dGeometry g) {
    return Shape.of(
        x.dim(0), x.dim(1) + g.top() + g.bottom(), x.dim(2) + g.left() + g.right(), x.dim(3));
  }

  /**
   * cuDNN pads opposite sides alike. That will do where as many zeros behind as before give as many
   * windows, and no window lies on zeros alone.
   */
  private static boolean needsFrame(Shape x, Shape w, Shape y, Conv2dGeometry g) {
    Conv2dGeometry alike = new Conv2dGeometry(g.stride(), g.top(), g.top(), g.left(), g.left());
    return alike.outHeight(x.dim(1), w.dim(0)) != y.dim(1)
        || alike.outWidth(x.dim(2), w.dim(1)) != y.dim(2)
        || g.top() >= w.dim(0)
        || g.left() >= w.dim(1);
  }
}
