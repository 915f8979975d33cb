package hgn.autograd.ops;

import hgn.autograd.Var;
import hgn.tensor.Activation;
import hgn.tensor.Conv2dGeometry;
import hgn.tensor.Shape;
import hgn.tensor.UpsampledConvKernel;
import java.util.Optional;

/**
 * A 3x3 convolution of a 2x nearest-neighbour upsampled image, computed on the image before
 * upsampling.
 *
 * <p>Pixel 2i+a of the result, a = 0 or 1, sees rows 2i+a-1, 2i+a and 2i+a+1 of the upsampled
 * image, two of which are the same row of the small one: (i-1, i, i) or (i, i, i+1). So a 2x2
 * kernel suffices, a different one for each parity of row and column. Row i of the small image
 * contributes to rows 2i-1 to 2i+2, with w2, w1+w2, w0+w1 and w0: together this is the transposed
 * convolution of stride 2 with
 *
 * <pre>
 * v = S w S^T,  S = (0 0 1 / 0 1 1 / 1 1 0 / 1 0 0)
 * </pre>
 *
 * along rows and columns. It needs 16 products per small pixel, channel and output instead of 36.
 * Its derivatives of every order are those of the operations it is composed of. {@link
 * UpsampledKernelOps} uses a backend's kernel, which needs fewer still, if there is one.
 */
public final class UpsampledConvolution {
  /** Shape of the constant that maps 9 weights to 16. */
  public static final Shape SPREAD = Shape.of(16, 9);

  private static final double[][] S = {{0, 0, 1}, {0, 1, 1}, {1, 1, 0}, {1, 0, 0}};
  private static final Conv2dGeometry HALVING = Conv2dGeometry.symmetric(2, 1);

  private UpsampledConvolution() {}

  /** The Kronecker product of S with itself, row-major: the values of {@link #SPREAD}. */
  public static double[] spreadValues() {
    double[] values = new double[16 * 9];
    for (int u = 0; u < 16; u++) {
      for (int d = 0; d < 9; d++) {
        values[u * 9 + d] = S[u / 4][d / 3] * S[u % 4][d % 3];
      }
    }
    return values;
  }

  /**
   * y = f(conv(upsample(x), w) + bias), with padding 1 around the upsampled image.
   *
   * @param x (N,H,W,C)
   * @param w (3,3,C,O)
   * @param bias (O), or null
   * @param spread constant of shape {@link #SPREAD} with {@link #spreadValues}
   * @return (N,2H,2W,O)
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public static Var upsampledConv2d(Var x, Var w, Var bias, Activation f, Var spread) {
    requireFit(x.shape(), w.shape());
    int channels = w.shape().dim(2);
    int outputs = w.shape().dim(3);
    Optional<UpsampledConvKernel> kernel =
        x.backend().upsampledConvolutions().filter(k -> k.suits(x.dtype(), channels, outputs));
    if (kernel.isPresent()) {
      return new UpsampledKernelOps(kernel.get()).forward(x, w, bias, f);
    }
    return composed(x, w, bias, f, spread);
  }

  private static Var composed(Var x, Var w, Var bias, Activation f, Var spread) {
    int channels = w.shape().dim(2);
    int outputs = w.shape().dim(3);
    Var taps = Layout.reshape(w, Shape.of(9, channels * outputs));
    Var spreadTaps = LinearAlgebra.matmul(spread, taps);
    Var turned = Layout.transpose(Layout.reshape(spreadTaps, Shape.of(16, channels, outputs)));
    Var v = Layout.reshape(turned, Shape.of(4, 4, outputs, channels));
    Shape s = x.shape();
    Shape doubled = Shape.of(s.dim(0), 2 * s.dim(1), 2 * s.dim(2), outputs);
    Var y = Convolution.conv2dInputGrad(x, v, HALVING, doubled);
    return bias == null ? Activations.activate(f, y) : Arithmetic.addActivate(y, bias, f);
  }

  private static void requireFit(Shape x, Shape w) {
    boolean fits =
        x.rank() == 4 && w.rank() == 4 && w.dim(0) == 3 && w.dim(1) == 3 && x.dim(3) == w.dim(2);
    if (!fits) {
      throw new IllegalArgumentException(
          "[upsampled conv2d] image "
              + x
              + " and weight "
              + w
              + " do not fit: needs (N,H,W,C) and (3,3,C,O)");
    }
  }
}
