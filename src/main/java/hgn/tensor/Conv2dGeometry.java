package hgn.tensor;

/**
 * Stride, zero padding and precision of a 2-D convolution (cross-correlation):
 *
 * <pre>
 * y[n,i,j,o] = b[o] + sum over di,dj,c of x[n, i*stride+di-top, j*stride+dj-left, c] w[di,dj,c,o]
 * </pre>
 *
 * @param stride step of the window in both directions, at least 1
 * @param top rows of zeros added above the image
 * @param bottom rows of zeros added below it
 * @param left columns of zeros added to its left
 * @param right columns of zeros added to its right
 * @param exact whether the operands keep all their bits, regardless of the configured {@link
 *     Precision}
 */
public record Conv2dGeometry(int stride, int top, int bottom, int left, int right, boolean exact) {
  /**
   * Checks the parameters.
   *
   * @throws IllegalArgumentException if the stride is below 1 or a padding negative
   */
  public Conv2dGeometry {
    if (stride < 1 || top < 0 || bottom < 0 || left < 0 || right < 0) {
      throw new IllegalArgumentException(
          "[conv2d] stride must be at least 1 and paddings at least 0, got stride "
              + stride
              + ", padding top "
              + top
              + ", bottom "
              + bottom
              + ", left "
              + left
              + ", right "
              + right);
    }
  }

  /** A geometry whose operands may be rounded to the configured precision. */
  public Conv2dGeometry(int stride, int top, int bottom, int left, int right) {
    this(stride, top, bottom, left, right, false);
  }

  /** The same, with operands that keep all their bits. */
  public Conv2dGeometry exactly() {
    return new Conv2dGeometry(stride, top, bottom, left, right, true);
  }

  /** The same padding on all four sides. */
  public static Conv2dGeometry symmetric(int stride, int pad) {
    return new Conv2dGeometry(stride, pad, pad, pad, pad);
  }

  /** Padding on the right and at the bottom only, as an even kernel needs to preserve the size. */
  public static Conv2dGeometry after(int stride, int pad) {
    return new Conv2dGeometry(stride, 0, pad, 0, pad);
  }

  /** Height of the result for an input and a kernel of these heights. */
  public int outHeight(int height, int kernel) {
    return out(height + top + bottom, kernel);
  }

  /** Width of the result for an input and a kernel of these widths. */
  public int outWidth(int width, int kernel) {
    return out(width + left + right, kernel);
  }

  private int out(int padded, int kernel) {
    return padded < kernel ? 0 : (padded - kernel) / stride + 1;
  }
}
