package hgn.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hgn.backend.cuda.ConvolutionCase.Direction;
import hgn.tensor.Conv2dGeometry;
import hgn.tensor.ConvShapes;
import hgn.tensor.Precision;
import hgn.tensor.Shape;
import hgn.testing.Throws;
import hgn.testing.backends.Precisions;
import org.junit.jupiter.api.Test;

/** When the backend pads an image, and when cuDNN does. */
class ConvolutionCaseTest {
  private static final Shape IMAGE = Shape.of(2, 8, 6, 3);

  private static ConvolutionCase of(int kernel, Conv2dGeometry geometry) {
    Shape filter = Shape.of(kernel, kernel, 3, 5);
    Shape y = ConvShapes.output(IMAGE, filter, geometry);
    return ConvolutionCase.of(Direction.FORWARD, IMAGE, filter, y, geometry);
  }

  private static void assertByCudnn(int rows, int columns, ConvolutionCase sizes) {
    assertEquals(IMAGE, sizes.x());
    assertEquals(rows, sizes.rows());
    assertEquals(columns, sizes.columns());
  }

  @Test
  void equalPaddingIsCudnns() {
    assertByCudnn(1, 1, of(3, Conv2dGeometry.symmetric(1, 1)));
    assertByCudnn(0, 0, of(1, Conv2dGeometry.symmetric(2, 0)));
    assertByCudnn(2, 1, of(3, new Conv2dGeometry(1, 2, 2, 1, 1)));
  }

  @Test
  void zerosThatNoWindowReachesDoNotMatter() {
    assertByCudnn(1, 1, of(3, new Conv2dGeometry(2, 1, 0, 1, 0)));
  }

  @Test
  void unequalPaddingIsOurs() {
    ConvolutionCase sizes = of(2, Conv2dGeometry.after(1, 1));
    assertEquals(Shape.of(2, 9, 7, 3), sizes.x());
    assertEquals(0, sizes.rows());
    assertEquals(0, sizes.columns());
  }

  @Test
  void thePrecisionIsTheConfiguredOneUnlessTheConvolutionIsExact() {
    Conv2dGeometry geometry = Conv2dGeometry.symmetric(1, 1);
    for (Precision precision : Precision.values()) {
      Precisions.in(
          precision,
          () -> {
            assertEquals(precision, of(3, geometry).precision());
            assertEquals(Precision.FP32, of(3, geometry.exactly()).precision());
            System.setProperty(Precision.PROPERTY, "half");
            Throws.naming(
                IllegalArgumentException.class,
                () -> of(3, geometry),
                "half",
                "fp32, tf32, bf16",
                "precision");
          });
    }
  }

  @Test
  void windowsOnZerosAloneAreOurs() {
    assertEquals(Shape.of(2, 12, 10, 3), of(1, Conv2dGeometry.symmetric(1, 2)).x());
  }
}
