package hgn.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hgn.testing.Throws;
import org.junit.jupiter.api.Test;

class ShapeTest {
  private final Shape image = Shape.of(2, 3, 5, 7);

  @Test
  void countsAndDimensions() {
    assertEquals(4, image.rank());
    assertEquals(210, image.count());
    assertEquals(5, image.dim(2));
    assertEquals(7, image.dim(-1));
    assertEquals(2, image.dim(-4));
    assertEquals(6, image.outer(2));
    assertEquals(7, image.inner(2));
    assertEquals(1, image.outer(0));
    assertEquals(1, image.inner(-1));
    assertEquals(1L << 40, Shape.of(1 << 20, 1 << 20).count());
  }

  @Test
  void aScalarHasOneElement() {
    assertSame(Shape.SCALAR, Shape.of());
    assertEquals(1, Shape.SCALAR.count());
    assertEquals(0, Shape.SCALAR.rank());
    assertEquals("()", Shape.SCALAR.toString());
  }

  @Test
  void isAValue() {
    assertEquals(image, Shape.of(2, 3, 5, 7));
    assertEquals(image.hashCode(), Shape.of(2, 3, 5, 7).hashCode());
    assertNotEquals(image, Shape.of(2, 3, 35));
    int[] dims = {2, 3};
    Shape shape = Shape.of(dims);
    dims[0] = 9;
    shape.dims()[1] = 9;
    assertArrayEquals(new int[] {2, 3}, shape.dims());
    assertEquals("(2,3,5,7)", image.toString());
  }

  @Test
  void derivesOthers() {
    assertEquals(Shape.of(2, 3, 9, 7), image.with(2, 9));
    assertEquals(Shape.of(2, 3, 5, 9), image.with(-1, 9));
    assertEquals(Shape.of(1, 1, 3), Shape.of(3).expandedTo(3));
    assertEquals(image, image.expandedTo(2));
  }

  @Test
  void refusesEmptyDimensionsAndMissingAxes() {
    Throws.naming(IllegalArgumentException.class, () -> Shape.of(2, 0), "[shape]", "(2,0)");
    Throws.naming(
        IllegalArgumentException.class, () -> image.dim(4), "axis 4", "(2,3,5,7)", "rank 4");
    Throws.naming(IllegalArgumentException.class, () -> image.axis(-5), "axis -5");
    assertThrows(ArithmeticException.class, () -> Shape.of(1 << 30, 1 << 30, 1 << 30));
  }
}
