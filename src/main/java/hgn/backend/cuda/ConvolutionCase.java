package hgn.backend.cuda;

import hgn.tensor.Conv2dGeometry;
import hgn.tensor.Precision;
import hgn.tensor.Shape;

/**
 * A convolution as cuDNN sees it: sizes, symmetric padding and precision.
 *
 * @param direction which of the three convolutions is computed
 * @param x (N,H,W,C), including the padding that cuDNN cannot add
 * @param w (kh,kw,C,O)
 * @param y (N,H',W',O)
 * @param stride of the window
 * @param rows padding rows above and below, each
 * @param columns padding columns on the left and on the right, each
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

  /** The case for an image that is already padded, or needs only the padding that cuDNN adds. */
  static ConvolutionCase of(
      Direction direction, Shape x, Shape w, Shape y, Conv2dGeometry geometry) {
    boolean padded = needsExplicitPadding(x, w, y, geometry);
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

  /** Whether cuDNN gets all three operands in bfloat16; otherwise they are float32. */
  boolean isBfloat16() {
    return precision == Precision.BF16;
  }

  /** Whether {@link #x} is the image with padding added. */
  boolean isPadded(Shape image) {
    return !x.equals(image);
  }

  private static Shape padded(Shape x, Conv2dGeometry g) {
    return Shape.of(
        x.dim(0), x.dim(1) + g.top() + g.bottom(), x.dim(2) + g.left() + g.right(), x.dim(3));
  }

  /**
   * Whether the padding must be added before the call, since cuDNN pads opposite sides equally.
   * Symmetric padding suffices if it gives the same number of windows and no window covers padding
   * alone.
   */
  private static boolean needsExplicitPadding(Shape x, Shape w, Shape y, Conv2dGeometry g) {
    Conv2dGeometry symmetric = new Conv2dGeometry(g.stride(), g.top(), g.top(), g.left(), g.left());
    return symmetric.outHeight(x.dim(1), w.dim(0)) != y.dim(1)
        || symmetric.outWidth(x.dim(2), w.dim(1)) != y.dim(2)
        || g.top() >= w.dim(0)
        || g.left() >= w.dim(1);
  }
}
