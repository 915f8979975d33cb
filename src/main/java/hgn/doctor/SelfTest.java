package hgn.doctor;

import hgn.random.Philox;
import hgn.tensor.Activation;
import hgn.tensor.AdamRule;
import hgn.tensor.AdamSlot;
import hgn.tensor.Arena;
import hgn.tensor.Backend;
import hgn.tensor.BinaryOp;
import hgn.tensor.Conv2dGeometry;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import hgn.tensor.TensorOps;
import hgn.tensor.UnaryOp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs several operations on a backend and compares the results with a reference backend in
 * float64. Inputs are exact in float32, so that all start equal; sizes are odd, so that no vector
 * length divides them.
 */
public final class SelfTest {
  /** The backend with the float64 reference results. */
  public static final String REFERENCE = "jvm";

  private static final double FLOAT32_TOLERANCE = 2e-5;
  private static final double FLOAT64_TOLERANCE = 1e-12;
  private static final long SEED = 20;
  private static final Shape IMAGE = Shape.of(3, 9, 7, 5);
  private static final Shape KERNEL = Shape.of(3, 3, 5, 11);
  private static final Conv2dGeometry SAME = Conv2dGeometry.symmetric(1, 1);
  private static final Conv2dGeometry STRIDED = Conv2dGeometry.symmetric(2, 1);

  /**
   * The error of one operation.
   *
   * @param operation name
   * @param error largest absolute difference, relative to the largest value
   * @param tolerance largest error that passes
   */
  public record Result(String operation, double error, double tolerance) {
    public boolean passed() {
      return error <= tolerance; // false for not-a-number
    }
  }

  /** An operation on given inputs. */
  private interface Operation {
    Tensor run(Inputs in);
  }

  private static final Map<String, Operation> OPERATIONS = operations();

  private SelfTest() {}

  private static Map<String, Operation> operations() {
    Map<String, Operation> all = new LinkedHashMap<>();
    all.put(
        "matrix product",
        in -> TensorOps.matmul(in.next(Shape.of(13, 17)), false, in.next(Shape.of(19, 17)), true));
    all.put(
        "convolution",
        in ->
            TensorOps.conv2d(
                in.next(IMAGE), in.next(KERNEL), in.next(Shape.of(11)), SAME, Activation.SOFTPLUS));
    all.put(
        "convolution, stride 2",
        in -> TensorOps.conv2d(in.next(IMAGE), in.next(KERNEL), null, STRIDED, Activation.RELU));
    all.put(
        "convolution's input gradient",
        in ->
            TensorOps.conv2dInputGrad(
                in.next(Shape.of(3, 5, 4, 11)), in.next(KERNEL), STRIDED, IMAGE));
    all.put(
        "convolution's weight gradient",
        in ->
            TensorOps.conv2dWeightGrad(
                in.next(IMAGE), in.next(Shape.of(3, 9, 7, 11)), SAME, KERNEL));
    all.put("activation", in -> TensorOps.activate(Activation.SIGMOID, in.next(IMAGE)));
    all.put("exponential", in -> TensorOps.unary(UnaryOp.EXP, in.next(IMAGE)));
    all.put(
        "broadcast product",
        in -> TensorOps.binary(BinaryOp.MUL, in.next(IMAGE), in.next(Shape.of(5))));
    all.put("sum", in -> TensorOps.sumTo(in.next(IMAGE), Shape.of(3, 1, 1, 5)));
    all.put("upsampling", in -> TensorOps.upsample2x(in.next(IMAGE)));
    all.put(
        "concatenation",
        in -> TensorOps.concat(List.of(in.next(IMAGE), in.next(Shape.of(3, 9, 7, 2))), 3));
    all.put("Adam", SelfTest::adam);
    all.put("random numbers", in -> in.random(Shape.of(101)));
    return all;
  }

  private static Tensor adam(Inputs in) {
    Tensor w = in.next(Shape.of(37));
    Tensor g = in.next(Shape.of(37));
    Tensor m = TensorOps.affine(g, 0.5, 0);
    Tensor v = TensorOps.unary(UnaryOp.SQUARE, g);
    AdamRule rule = new AdamRule(0.9, 0.999, 1e-8, 0);
    Shape two = Shape.of(AdamRule.SCHEDULE);
    Tensor schedule = Tensor.of(w.backend(), w.dtype(), two, rule.schedule(1e-2, 3));
    Tensor veto = Tensor.full(w.backend(), w.dtype(), Shape.SCALAR, 0);
    TensorOps.adam(List.of(new AdamSlot(w, g, m, v)), rule, schedule, veto);
    return w;
  }

  /** Compares {@code backend} in {@code dtype} with {@code reference}, operation by operation. */
  public static List<Result> run(Backend backend, DType dtype, Backend reference) {
    double tolerance = dtype == DType.FLOAT32 ? FLOAT32_TOLERANCE : FLOAT64_TOLERANCE;
    List<Result> results = new ArrayList<>();
    OPERATIONS.forEach(
        (name, operation) ->
            results.add(
                new Result(
                    name,
                    error(
                        values(operation, backend, dtype),
                        values(operation, reference, DType.FLOAT64)),
                    tolerance)));
    return results;
  }

  private static double[] values(Operation operation, Backend backend, DType dtype) {
    try (Arena arena = Arena.open("self-test")) {
      return operation.run(new Inputs(backend, dtype)).toDoubles();
    }
  }

  private static double error(double[] found, double[] expected) {
    double error = 0;
    double scale = 0;
    for (int i = 0; i < found.length; i++) {
      error = Math.max(error, Math.abs(found[i] - expected[i])); // propagates NaN
      scale = Math.max(scale, Math.abs(expected[i]));
    }
    return error / scale;
  }

  /** Creates the inputs of an operation, identical on every backend. */
  private static final class Inputs {
    private final Backend backend;
    private final DType dtype;
    private long stream;

    Inputs(Backend backend, DType dtype) {
      this.backend = backend;
      this.dtype = dtype;
    }

    Tensor next(Shape shape) {
      double[] values = new double[(int) shape.count()];
      Philox.uniform(SEED, stream++, values);
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (2 * values[i] - 1);
      }
      return Tensor.of(backend, dtype, shape, values);
    }

    Tensor random(Shape shape) {
      return TensorOps.normal(backend, dtype, shape, SEED, 0);
    }
  }
}
