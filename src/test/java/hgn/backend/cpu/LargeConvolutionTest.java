package hgn.backend.cpu;

import hgn.tensor.Activation;
import hgn.tensor.Conv2dGeometry;
import hgn.tensor.ConvShapes;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import hgn.tensor.TensorOps;
import java.util.List;

/** Convolutions large enough to be shared among threads and cut into blocks. */
class LargeConvolutionTest {
  private static final double TOLERANCE = 3e-6;

  private record Case(Shape x, Shape w, Conv2dGeometry geometry) {
    int[] output() {
      return ConvShapes.output(x, w, geometry).dims();
    }
  }

  private static Case of(
      int samples, int size, int channels, int kernel, int outputs, Conv2dGeometry geometry) {
    return new Case(
        Shape.of(samples, size, size + 1, channels),
        Shape.of(kernel, kernel, channels, outputs),
        geometry);
  }

  private static final List<Case> CASES =
      List.of(
          of(5, 32, 64, 3, 64, Conv2dGeometry.symmetric(1, 1)),
          of(7, 17, 37, 3, 41, Conv2dGeometry.symmetric(2, 1)),
          of(9, 32, 64, 3, 3, Conv2dGeometry.symmetric(1, 1)),
          of(9, 32, 64, 3, 1, Conv2dGeometry.symmetric(1, 1)),
          of(2, 45, 32, 3, 3, Conv2dGeometry.symmetric(1, 1)),
          of(3, 12, 16, 3, 2, Conv2dGeometry.symmetric(1, 1)),
          of(1, 300, 16, 3, 3, Conv2dGeometry.symmetric(1, 1)),
          of(7, 13, 24, 3, 48, Conv2dGeometry.symmetric(1, 1)),
          of(9, 32, 3, 3, 64, Conv2dGeometry.symmetric(1, 1)),
          of(9, 16, 48, 1, 160, Conv2dGeometry.symmetric(1, 0)),
          of(130, 4, 32, 3, 96, Conv2dGeometry.symmetric(1, 1)),
          of(300, 2, 64, 2, 64, Conv2dGeometry.after(1, 1)),
          of(33, 8, 32, 2, 64, Conv2dGeometry.symmetric(2, 0)));

  @EverySetup
  void forwardAgreesWithDoublePrecision(Setup setup) {
    setup.run(
        cpu ->
            CASES.forEach(
                c ->
                    new Agreement(cpu)
                        .check(
                            "forward " + c,
                            TOLERANCE,
                            operands -> {
                              Tensor x = operands.of(c.x.dims());
                              Tensor w = operands.of(c.w.dims());
                              Tensor bias = operands.of(c.w.dim(3));
                              return TensorOps.conv2d(x, w, bias, c.geometry, Activation.SOFTPLUS);
                            })));
  }

  @EverySetup
  void inputGradientAgreesWithDoublePrecision(Setup setup) {
    setup.run(
        cpu ->
            CASES.forEach(
                c ->
                    new Agreement(cpu)
                        .check(
                            "input gradient " + c,
                            TOLERANCE,
                            operands -> {
                              Tensor g = operands.of(c.output());
                              Tensor w = operands.of(c.w.dims());
                              return TensorOps.conv2dInputGrad(g, w, c.geometry, c.x);
                            })));
  }

  @EverySetup
  void weightGradientAgreesWithDoublePrecision(Setup setup) {
    setup.run(
        cpu ->
            CASES.forEach(
                c ->
                    new Agreement(cpu)
                        .check(
                            "weight gradient " + c,
                            TOLERANCE,
                            operands -> {
                              Tensor x = operands.of(c.x.dims());
                              Tensor g = operands.of(c.output());
                              return TensorOps.conv2dWeightGrad(x, g, c.geometry, c.w);
                            })));
  }
}
