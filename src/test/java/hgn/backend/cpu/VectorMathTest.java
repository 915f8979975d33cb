package hgn.backend.cpu;

import static org.junit.jupiter.api.Assertions.fail;

import hgn.tensor.Activation;
import hgn.tensor.Backend;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import hgn.tensor.TensorOps;
import hgn.tensor.UnaryOp;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;

/** The native exponentials and logarithms over the whole range of float. */
class VectorMathTest {
  /** Largest relative error; half a unit in the last place is 6e-8. */
  private static final double TOLERANCE = 1e-6;

  private static final float[] SPECIAL = {
    0f,
    -0f,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    Float.MIN_NORMAL,
    1e-39f,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.NaN,
    1f,
    -1f,
    88.7f,
    88.73f,
    89f,
    -87.4f,
    -103f,
    -104f,
    -110f,
  };

  /** Numbers of every size and sign, then a fine grid where the functions bend, then the rest. */
  private static float[] inputs() {
    float[] x = new float[200_000 + SPECIAL.length];
    for (int i = 0; i < 100_000; i++) {
      double size = Math.pow(10, -44 + 82.0 * i / 100_000);
      x[i] = (float) (i % 2 == 0 ? size : -size);
    }
    for (int i = 0; i < 100_000; i++) {
      x[100_000 + i] = -25f + 50f * i / 100_000;
    }
    System.arraycopy(SPECIAL, 0, x, 200_000, SPECIAL.length);
    return x;
  }

  private static void check(
      Backend cpu, Object name, UnaryOperator<Tensor> function, DoubleUnaryOperator reference) {
    float[] x = inputs();
    Tensor input = Tensor.of(cpu, DType.FLOAT32, Shape.of(x.length), x);
    float[] y = function.apply(input).toFloats();
    for (int i = 0; i < x.length; i++) {
      double expected = reference.applyAsDouble(x[i]);
      if (!isClose(expected, y[i])) {
        fail(name + " of " + x[i] + " is " + y[i] + ", expected " + expected);
      }
    }
  }

  /** Subnormal results may be off by two units in the last place. */
  private static boolean isClose(double expected, float actual) {
    if (Double.isNaN(expected)) {
      return Float.isNaN(actual);
    }
    if (Float.isInfinite((float) expected) || Float.isInfinite(actual)) {
      return (float) expected == actual;
    }
    return Math.abs(actual - expected) <= TOLERANCE * Math.abs(expected) + 2 * Float.MIN_VALUE;
  }

  @EverySetup
  void functionsAgreeWithDoublePrecision(Setup setup) {
    setup.run(
        cpu -> {
          for (UnaryOp op : UnaryOp.values()) {
            check(cpu, op, x -> TensorOps.unary(op, x), op::apply);
          }
        });
  }

  @EverySetup
  void activationsAgreeWithDoublePrecision(Setup setup) {
    setup.run(
        cpu -> {
          for (Activation f : Activation.values()) {
            check(cpu, f, x -> TensorOps.activate(f, x), f::apply);
          }
        });
  }

  @EverySetup
  void softplusSlopeDoesNotCancelNearZero(Setup setup) {
    setup.run(
        cpu -> {
          Tensor ones = Tensor.full(cpu, DType.FLOAT32, Shape.of(inputs().length), 1);
          check(
              cpu,
              "slope of softplus",
              x -> TensorOps.activationGrad(Activation.SOFTPLUS, ones, x.set(positive(x))),
              y -> Activation.SOFTPLUS.slope(Math.abs(y)));
        });
  }

  private static float[] positive(Tensor x) {
    float[] values = x.toFloats();
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.abs(values[i]);
    }
    return values;
  }
}
