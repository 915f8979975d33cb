package hgn.backend.cpu;

import static hgn.backend.cpu.CpuBackend.address;

import hgn.tensor.Activation;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import hgn.tensor.UpsampledConvKernel;

/**
 * Uses 81 products for 16 pixels before upsampling, 64 after it, a channel and output; see {@code
 * native/winograd_schemes.h}.
 */
final class CpuUpsampledConv implements UpsampledConvKernel {
  /** With fewer, its transforms take longer than the products that they save. */
  private static final int FEWEST_CHANNELS = 3;

  private static final int FEWEST_OUTPUTS = 8;

  private final Filters filters;
  private final Rounding rounding;

  CpuUpsampledConv(Filters filters, Rounding rounding) {
    this.filters = filters;
    this.rounding = rounding;
  }

  @Override
  public boolean suits(DType dtype, int channels, int outputs) {
    return dtype == DType.FLOAT32 && channels >= FEWEST_CHANNELS && outputs >= FEWEST_OUTPUTS;
  }

  @Override
  public void forward(Tensor x, Tensor w, Tensor bias, Activation f, Tensor y) {
    Shape s = x.shape();
    boolean rounded = rounding.applies();
    Native.doubledConv(
        rounded,
        address(x),
        address(w),
        rounded ? 0 : filters.prepared(FilterUse.DOUBLED, w),
        bias == null ? 0 : address(bias),
        f.ordinal(),
        address(y),
        s.dim(0),
        s.dim(1),
        s.dim(2),
        s.dim(3),
        y.shape().dim(3));
  }

  @Override
  public void inputGrad(Tensor g, Tensor w, Tensor x) {
    Shape s = x.shape();
    boolean rounded = rounding.applies();
    Native.doubledConvInputGrad(
        rounded,
        address(g),
        address(w),
        rounded ? 0 : filters.prepared(FilterUse.DOUBLED_INPUT_GRAD, w),
        address(x),
        s.dim(0),
        s.dim(1),
        s.dim(2),
        s.dim(3),
        g.shape().dim(3));
  }

  @Override
  public void weightGrad(Tensor x, Tensor g, Tensor w) {
    Shape s = x.shape();
    Native.doubledConvWeightGrad(
        rounding.applies(),
        address(x),
        address(g),
        address(w),
        s.dim(0),
        s.dim(1),
        s.dim(2),
        s.dim(3),
        g.shape().dim(3));
  }
}
