package hgn.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import hgn.tensor.Arena;
import hgn.tensor.Backend;
import hgn.tensor.Backends;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;

/** Compares the native backend with the same operations in double precision. */
final class Agreement {
  /** Expected results by name of the operation, since every setup needs the same ones. */
  private static final Map<String, float[]> EXPECTED = new HashMap<>();

  private final Backend cpu;

  Agreement(Backend cpu) {
    this.cpu = cpu;
  }

  /**
   * Operands of one operation, on either backend: numbers in (-1, 1) that a float represents
   * exactly.
   */
  interface Operands {
    Tensor of(int... dims);
  }

  /**
   * Runs {@code operation} on both; errors may be up to {@code tolerance} times the largest result.
   * Each operation needs a unique name.
   */
  void check(String what, double tolerance, Function<Operands, Tensor> operation) {
    float[] actual = run(cpu, DType.FLOAT32, operation);
    float[] expected =
        EXPECTED.computeIfAbsent(what, name -> run(Backends.get("jvm"), DType.FLOAT64, operation));
    double scale = 0;
    for (float value : expected) {
      scale = Math.max(scale, Math.abs(value));
    }
    assertTrue(scale > 0, what + " gives only zeros");
    for (int i = 0; i < expected.length; i++) {
      if (!(Math.abs(actual[i] - expected[i]) <= tolerance * scale)) {
        fail(what + ": element " + i + " is " + actual[i] + ", expected " + expected[i]);
      }
    }
  }

  private static float[] run(Backend on, DType dtype, Function<Operands, Tensor> operation) {
    SplittableRandom random = new SplittableRandom(7);
    try (Arena arena = Arena.open("agreement")) {
      return operation
          .apply(
              dims -> {
                Shape shape = Shape.of(dims);
                double[] values =
                    random.doubles(shape.count(), -1, 1).map(v -> (double) (float) v).toArray();
                return Tensor.of(on, dtype, shape, values);
              })
          .toFloats();
    }
  }
}
