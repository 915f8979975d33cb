package hgn.tensor;

/** Shape rules of convolutions; images are (N,H,W,C), weights (kh,kw,C,O). */
public final class ConvShapes {
  private ConvShapes() {}

  /**
   * Shape of conv(x, w).
   *
   * @throws IllegalArgumentException if channels differ or the padded image is smaller than the
   *     kernel
   */
  public static Shape output(Shape x, Shape w, Conv2dGeometry geometry) {
    if (x.rank() != 4 || w.rank() != 4) {
      throw new IllegalArgumentException(
          "[conv2d] expects an image (N,H,W,C) and a weight (kh,kw,C,O), got "
              + x
              + " * "
              + w
              + "; reshape");
    }
    if (x.dim(3) != w.dim(2)) {
      throw new IllegalArgumentException(
          "[conv2d] input has "
              + x.dim(3)
              + " channels, weight expects "
              + w.dim(2)
              + ": "
              + x
              + " * "
              + w
              + "; images are (N,H,W,C), weights (kh,kw,C,O)");
    }
    int height = geometry.outHeight(x.dim(1), w.dim(0));
    int width = geometry.outWidth(x.dim(2), w.dim(1));
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "[conv2d] the padded image is smaller than the kernel: "
              + x
              + " * "
              + w
              + " with "
              + geometry
              + "; pad more or use a smaller kernel");
    }
    return Shape.of(x.dim(0), height, width, w.dim(3));
  }

  static void requireBias(Shape bias, Shape w) {
    if (!bias.equals(Shape.of(w.dim(3)))) {
      throw new IllegalArgumentException(
          "[conv2d] bias has shape "
              + bias
              + ", weight "
              + w
              + " expects ("
              + w.dim(3)
              + "); reshape it");
    }
  }

  static void requireCotangent(String op, Shape g, Shape output) {
    if (!g.equals(output)) {
      throw new IllegalArgumentException(
          "["
              + op
              + "] cotangent has shape "
              + g
              + ", the convolution's result has "
              + output
              + "; pass a cotangent of that shape");
    }
  }
}
