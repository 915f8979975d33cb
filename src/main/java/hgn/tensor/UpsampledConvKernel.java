package hgn.tensor;

/**
 * What a backend offers that convolves images doubled in height and width, without doubling them: a
 * 3x3 convolution with zeros around, and its two gradients. Small images (N,H,W,C), weights
 * (3,3,C,O), results (N,2H,2W,O). Callers have checked the shapes and allocated the results.
 */
public interface UpsampledConvKernel {
  /** Whether it computes with so many channels and outputs. */
  boolean suits(DType dtype, int channels, int outputs);

  /** y = f(conv(upsample(x), w) + bias); the bias may be null. */
  void forward(Tensor x, Tensor w, Tensor bias, Activation f, Tensor y);

  /** x = gradient of &lt;conv(upsample(x), w), g&gt; with respect to x. */
  void inputGrad(Tensor g, Tensor w, Tensor x);

  /** w = gradient of &lt;conv(upsample(x), w), g&gt; with respect to w. */
  void weightGrad(Tensor x, Tensor g, Tensor w);
}
