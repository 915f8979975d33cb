package hgn.tensor;

/**
 * A backend's fused 2x upsampling and convolution, which never materialises the upsampled image: a
 * 3x3 convolution with padding 1, and its two gradients. Images before upsampling (N,H,W,C),
 * weights (3,3,C,O), results (N,2H,2W,O). Callers have checked the shapes and allocated the
 * results.
 */
public interface UpsampledConvKernel {
  /** Whether the kernel supports this dtype and these numbers of channels and outputs. */
  boolean suits(DType dtype, int channels, int outputs);

  /** y = f(conv(upsample(x), w) + bias); the bias may be null. */
  void forward(Tensor x, Tensor w, Tensor bias, Activation f, Tensor y);

  /** x = gradient of &lt;conv(upsample(x), w), g&gt; with respect to x. */
  void inputGrad(Tensor g, Tensor w, Tensor x);

  /** w = gradient of &lt;conv(upsample(x), w), g&gt; with respect to w. */
  void weightGrad(Tensor x, Tensor g, Tensor w);
}
