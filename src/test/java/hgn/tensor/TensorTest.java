package hgn.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.testing.Throws;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TensorTest {
  private static final Class<? extends Throwable> STATE = IllegalStateException.class;
  private static final Class<? extends Throwable> ARGUMENT = IllegalArgumentException.class;

  private final Backend backend = Backends.get("jvm");
  private Arena arena;

  @BeforeEach
  void open() {
    arena = Arena.open("test");
  }

  @AfterEach
  void close() {
    arena.close();
  }

  private Tensor counting(int... dims) {
    Shape shape = Shape.of(dims);
    double[] values = new double[(int) shape.count()];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    return Tensor.of(backend, DType.FLOAT64, shape, values);
  }

  @Test
  void holdsWhatWasPutIn() {
    Tensor x = Tensor.of(backend, DType.FLOAT32, Shape.of(3), 1, Math.PI, -2);
    assertArrayEquals(new double[] {1, (float) Math.PI, -2}, x.toDoubles());
    assertArrayEquals(new float[] {1, (float) Math.PI, -2}, x.toFloats());
    x.set(new float[] {4, 5, 6});
    assertArrayEquals(new double[] {4, 5, 6}, x.toDoubles());
    assertEquals(7, Tensor.full(backend, DType.FLOAT64, Shape.SCALAR, 7).item());
    assertEquals("(3) float32 on jvm", x.toString());
  }

  @Test
  void viewsShareTheMemoryOfTheirBase() {
    Tensor x = counting(4, 3);
    Tensor rows = x.rows(1, 2);
    Tensor tail = rows.rows(1, 1).reshape(Shape.of(3));
    assertArrayEquals(new double[] {6, 7, 8}, tail.toDoubles());
    assertSame(x, tail.base());
    assertSame(x.memory(), tail.memory());
    assertEquals(6 * Double.BYTES, tail.offset());
    tail.set(-1, -2, -3);
    assertArrayEquals(new double[] {0, 1, 2, 3, 4, 5, -1, -2, -3, 9, 10, 11}, x.toDoubles());
  }

  @Test
  void usingItAfterFreeNamesWhatFreedIt() {
    Tensor x = counting(2, 3);
    Tensor view = x.reshape(Shape.of(6));
    x.close();
    assertTrue(x.isFreed());
    assertTrue(view.isFreed());
    Throws.naming(STATE, x::toDoubles, "use after free", "(2,3)", "close()", "outer arena");
    Throws.naming(STATE, view::memory, "use after free", "(6)", "close()");
    Throws.naming(STATE, () -> TensorOps.affine(x, 1, 0), "use after free");
  }

  @Test
  void usingItAfterItsArenaNamesTheArena() {
    Tensor lost;
    try (Arena step = Arena.open("step 7")) {
      lost = counting(5);
      assertTrue(step.owns(lost));
    }
    Throws.naming(STATE, lost::toDoubles, "use after free", "'step 7'", "keep it");
  }

  @Test
  void freeingTwiceAndFreeingAViewAreRefused() {
    Tensor x = counting(2, 3);
    Throws.naming(STATE, x.rows(0, 1)::close, "[close]", "(1,3)", "is a view");
    assertFalse(x.isFreed());
    x.close();
    Throws.naming(STATE, x::close, "double free", "(2,3)", "close()");
  }

  @Test
  void wrongCountsNameBothNumbers() {
    Tensor x = counting(2, 3);
    Throws.naming(ARGUMENT, () -> x.set(1, 2), "[set]", "2 values", "(2,3)", "6");
    Throws.naming(ARGUMENT, () -> x.set(new float[7]), "[set]", "7 values", "(2,3)");
    Throws.naming(
        ARGUMENT, () -> x.reshape(Shape.of(4, 2)), "[reshape]", "(2,3)", "6", "(4,2)", "8");
    Throws.naming(STATE, x::item, "[item]", "(2,3)", "6 elements", "slice");
  }

  @Test
  void rowsOutsideAreRefused() {
    Tensor x = counting(4, 3);
    Throws.naming(ARGUMENT, () -> x.rows(3, 2), "[rows]", "2 from 3", "(4,3)");
    Throws.naming(ARGUMENT, () -> x.rows(-1, 2), "[rows]", "-1");
    Throws.naming(ARGUMENT, () -> x.rows(0, 0), "[rows]");
    Throws.naming(ARGUMENT, () -> x.rows(1, Integer.MAX_VALUE), "[rows]");
  }

  @Test
  void aBackendThatLacksTheDtypeSaysSo() {
    Backend single =
        (Backend)
            Proxy.newProxyInstance(
                Backend.class.getClassLoader(),
                new Class<?>[] {Backend.class},
                (proxy, method, arguments) ->
                    switch (method.getName()) {
                      case "supports" -> arguments[0] == DType.FLOAT32;
                      case "name" -> "single";
                      default -> method.invoke(backend, arguments);
                    });
    assertEquals(3, Tensor.full(single, DType.FLOAT32, Shape.SCALAR, 3).item());
    Throws.naming(
        ARGUMENT,
        () -> Tensor.allocate(single, DType.FLOAT64, Shape.SCALAR),
        "[allocate]",
        "'single'",
        "float64",
        "jvm");
  }
}
