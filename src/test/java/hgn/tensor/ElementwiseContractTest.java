package hgn.tensor;

import hgn.testing.Closeness;
import hgn.testing.backends.Covers;
import hgn.testing.backends.EveryBackend;
import hgn.testing.backends.Lane;
import hgn.testing.backends.Naive;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/** The contract of the elementwise methods. */
class ElementwiseContractTest {
  private static final List<Shape> SHAPES =
      List.of(
          Shape.SCALAR,
          Shape.of(1),
          Shape.of(3),
          Shape.of(5, 17),
          Shape.of(31, 33),
          Shape.of(1, 5, 7, 65),
          Shape.of(3, 7, 5, 31),
          Shape.of(20011));
  private static final double NAN = Double.NaN;
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  private static double[] map(double[] x, DoubleUnaryOperator f) {
    return IntStream.range(0, x.length).mapToDouble(i -> f.applyAsDouble(x[i])).toArray();
  }

  private static DoubleUnaryOperator formula(UnaryOp op) {
    return switch (op) {
      case EXP -> Math::exp;
      case LOG -> Math::log;
      case SQRT -> Math::sqrt;
      case SQUARE -> x -> x * x;
      case RECIPROCAL -> x -> 1 / x;
      case SIN -> Math::sin;
      case COS -> Math::cos;
    };
  }

  /** Arguments in the domain of the function, over several orders of magnitude. */
  private static double argument(UnaryOp op, double x) {
    return switch (op) {
      case EXP, SIN, COS -> 20 * x;
      case LOG, SQRT -> Math.exp(10 * x);
      case SQUARE -> 100 * x;
      case RECIPROCAL -> x < 0 ? x - .01 : x + .01;
    };
  }

  @EveryBackend
  @Covers("unary")
  void unaryFollowsItsFormula(Lane lane) {
    for (UnaryOp op : UnaryOp.values()) {
      for (Shape shape : SHAPES) {
        double[] values = lane.rounded(map(lane.values(shape, 1), v -> argument(op, v)));
        double[] expected = map(values, formula(op));
        Tensor x = lane.tensor(shape, values);
        Tensor y = lane.result(shape);
        lane.backend().unary(op, x, y);
        Closeness.each(op + " " + shape, lane, expected, y, floor(op));
        Closeness.exact(op + " leaves x", lane, values, x);
        lane.backend().unary(op, x, x);
        Closeness.each(op + " in place " + shape, lane, expected, x, floor(op));
      }
    }
  }

  /** Near a zero of these functions, the error of the argument's rounding cannot be avoided. */
  private static double floor(UnaryOp op) {
    return op == UnaryOp.LOG || op == UnaryOp.SIN || op == UnaryOp.COS ? 1 : 0;
  }

  @EveryBackend
  @Covers("unary")
  void unaryPassesOnWhatIsNotANumber(Lane lane) {
    for (UnaryOp op : UnaryOp.values()) {
      Tensor x = lane.tensor(Shape.of(3), NAN, .5, NAN);
      Tensor y = lane.result(Shape.of(3));
      lane.backend().unary(op, x, y);
      double middle = formula(op).applyAsDouble(.5);
      Closeness.each(op.toString(), lane, new double[] {NAN, middle, NAN}, y, 1);
    }
  }

  @EveryBackend
  @Covers("unary")
  void unaryAtTheEdgesOfItsDomain(Lane lane) {
    Tensor x = lane.tensor(Shape.of(4), 0, -1, INFINITY, -INFINITY);
    Tensor y = lane.result(Shape.of(4));
    lane.backend().unary(UnaryOp.EXP, x, y);
    Closeness.each("exp", lane, new double[] {1, Math.exp(-1), INFINITY, 0}, y, 0);
    lane.backend().unary(UnaryOp.LOG, x, y);
    Closeness.each("log", lane, new double[] {-INFINITY, NAN, INFINITY, NAN}, y, 0);
    lane.backend().unary(UnaryOp.SQRT, x, y);
    Closeness.each("sqrt", lane, new double[] {0, NAN, INFINITY, NAN}, y, 0);
    lane.backend().unary(UnaryOp.RECIPROCAL, x, y);
    Closeness.each("reciprocal", lane, new double[] {INFINITY, -1, 0, 0}, y, 0);
  }

  private static DoubleBinaryOperator formula(BinaryOp op) {
    return switch (op) {
      case ADD -> (a, b) -> a + b;
      case SUB -> (a, b) -> a - b;
      case MUL -> (a, b) -> a * b;
      case DIV -> (a, b) -> a / b;
      case ATAN2 -> Math::atan2;
    };
  }

  private static double[] combine(
      BinaryOp op, Shape a, double[] left, Shape b, double[] right, Shape y) {
    DoubleBinaryOperator f = formula(op);
    return IntStream.range(0, (int) y.count())
        .mapToDouble(
            i -> f.applyAsDouble(left[Naive.source(a, y, i)], right[Naive.source(b, y, i)]))
        .toArray();
  }

  private static final int[][][] BROADCASTS = {
    {{}, {}},
    {{17}, {17}},
    {{1}, {33}},
    {{20011}, {20011}},
    {{20011}, {1}},
    {{5, 65}, {1, 65}},
    {{5, 65}, {5, 1}},
    {{5, 1}, {1, 65}},
    {{3, 5, 7, 31}, {1, 1, 1, 31}},
    {{3, 5, 7, 31}, {3, 1, 1, 31}},
    {{3, 5, 7, 31}, {3, 1, 1, 1}},
    {{3, 5, 7, 31}, {1, 5, 7, 1}},
    {{3, 1, 7, 1}, {1, 5, 1, 31}},
    {{1, 5, 7, 3}, {1, 5, 7, 3}},
    {{3, 32, 32, 3}, {1, 1, 1, 3}},
    {{2, 3, 1, 2, 5}, {1, 3, 4, 1, 5}},
  };

  @EveryBackend
  @Covers("binary")
  void binaryRepeatsAxesOfOne(Lane lane) {
    for (BinaryOp op : BinaryOp.values()) {
      for (int[][] pair : BROADCASTS) {
        Shape one = Shape.of(pair[0]);
        Shape two = Shape.of(pair[1]);
        binary(lane, op, one, two);
        binary(lane, op, two, one);
      }
    }
  }

  private static void binary(Lane lane, BinaryOp op, Shape a, Shape b) {
    Shape shape = Broadcast.shape("test", a, b);
    double[] left = lane.values(a, 2);
    double[] right = lane.rounded(map(lane.values(b, 3), v -> v < 0 ? v - .1 : v + .1));
    double[] expected = combine(op, a, left, b, right, shape);
    Tensor x = lane.tensor(a, left);
    Tensor z = lane.tensor(b, right);
    Tensor y = lane.result(shape);
    String what = op + " " + a + " " + b;
    lane.backend().binary(op, x, z, y);
    Closeness.each(what, lane, expected, y, 0);
    Closeness.exact(what + " leaves a", lane, left, x);
    Closeness.exact(what + " leaves b", lane, right, z);
    if (a.equals(shape)) {
      lane.backend().binary(op, x, z, x);
      Closeness.each(what + " into a", lane, expected, x, 0);
      lane.backend().copy(lane.tensor(a, left), x);
    }
    if (b.equals(shape)) {
      lane.backend().binary(op, x, z, z);
      Closeness.each(what + " into b", lane, expected, z, 0);
    }
  }

  @EveryBackend
  @Covers("binary")
  void binaryTakesOneTensorThreeTimes(Lane lane) {
    for (BinaryOp op : BinaryOp.values()) {
      Shape shape = Shape.of(3, 33);
      double[] values = lane.values(shape, 4);
      Tensor x = lane.tensor(shape, values);
      lane.backend().binary(op, x, x, x);
      Closeness.each(op.toString(), lane, combine(op, shape, values, shape, values, shape), x, 0);
    }
  }

  @EveryBackend
  @Covers("affine")
  void affineScalesAndShifts(Lane lane) {
    for (Shape shape : SHAPES) {
      double[] values = lane.values(shape, 5);
      double[] expected = map(values, v -> -2.5 * v + 1.25);
      Tensor x = lane.tensor(shape, values);
      Tensor y = lane.result(shape);
      lane.backend().affine(x, -2.5, 1.25, y);
      Closeness.each("affine " + shape, lane, expected, y, 1);
      lane.backend().affine(x, -2.5, 1.25, x);
      Closeness.each("affine in place " + shape, lane, expected, x, 1);
    }
    Tensor x = lane.tensor(Shape.of(2), NAN, INFINITY);
    lane.backend().affine(x, 0, 1, x);
    Closeness.exact("affine", lane, new double[] {NAN, NAN}, x);
  }

  @EveryBackend
  @Covers("clamp")
  void clampBoundsAndKeepsWhatIsNotANumber(Lane lane) {
    for (Shape shape : SHAPES) {
      double[] values = lane.values(shape, 6);
      double[] expected = map(values, v -> v < -.25 ? -.25 : v > .5 ? .5 : v);
      Tensor x = lane.tensor(shape, values);
      Tensor y = lane.result(shape);
      lane.backend().clamp(x, -.25, .5, y);
      Closeness.exact("clamp " + shape, lane, expected, y);
      lane.backend().clamp(x, -.25, .5, x);
      Closeness.exact("clamp in place " + shape, lane, expected, x);
    }
    double[] expected = new double[19];
    Arrays.fill(expected, NAN);
    expected[0] = -1;
    expected[18] = 2;
    double[] values = expected.clone();
    values[0] = -INFINITY;
    values[18] = INFINITY;
    Tensor x = lane.tensor(Shape.of(19), values);
    lane.backend().clamp(x, -1, 2, x);
    Closeness.exact("clamp", lane, expected, x);
  }

  /** The functions by definition, in forms that are accurate enough for |x| up to 30. */
  private static DoubleUnaryOperator formula(Activation f) {
    return switch (f) {
      case IDENTITY -> x -> x;
      case RELU -> x -> x > 0 ? x : 0;
      case LEAKY_RELU -> x -> x > 0 ? x : .01 * x;
      case SOFTPLUS -> x -> x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));
      case SIGMOID -> x -> 1 / (1 + Math.exp(-x));
      case TANH -> x -> -Math.expm1(-2 * x) / (1 + Math.exp(-2 * x));
    };
  }

  private static double derivative(Activation f, double y) {
    return switch (f) {
      case IDENTITY -> 1;
      case RELU -> y > 0 ? 1 : 0;
      case LEAKY_RELU -> y > 0 ? 1 : .01;
      case SOFTPLUS -> 1 - Math.exp(-y);
      case SIGMOID -> y * (1 - y);
      case TANH -> (1 - y) * (1 + y);
    };
  }

  @EveryBackend
  @Covers("activate")
  void activationsFollowTheirFormulas(Lane lane) {
    for (Activation f : Activation.values()) {
      for (double range : new double[] {1, 25}) {
        for (Shape shape : SHAPES) {
          double[] values = lane.rounded(map(lane.values(shape, 7), v -> range * v));
          double[] expected = map(values, formula(f));
          Tensor x = lane.tensor(shape, values);
          Tensor y = lane.result(shape);
          lane.backend().activate(f, x, y);
          Closeness.each(f + " " + shape, lane, expected, y, 1e-2);
          Closeness.exact(f + " leaves x", lane, values, x);
          lane.backend().activate(f, x, x);
          Closeness.each(f + " in place " + shape, lane, expected, x, 1e-2);
        }
      }
    }
  }

  @EveryBackend
  @Covers("activate")
  void activationsNeitherOverflowNorHideWhatIsNotANumber(Lane lane) {
    double[][] expected = {
      {NAN, 1e4, -1e4, INFINITY, -INFINITY},
      {NAN, 1e4, 0, INFINITY, 0},
      {NAN, 1e4, -100, INFINITY, -INFINITY},
      {NAN, 1e4, 0, INFINITY, 0},
      {NAN, 1, 0, 1, 0},
      {NAN, 1, -1, 1, -1},
    };
    for (Activation f : Activation.values()) {
      Tensor x = lane.tensor(Shape.of(5), NAN, 1e4, -1e4, INFINITY, -INFINITY);
      lane.backend().activate(f, x, x);
      Closeness.each(f.toString(), lane, expected[f.ordinal()], x, 1e-2);
    }
  }

  @EveryBackend
  @Covers("activationGrad")
  void activationGradFollowsItsFormula(Lane lane) {
    for (Activation f : Activation.values()) {
      for (Shape shape : SHAPES) {
        double[] outputs =
            lane.rounded(map(lane.values(shape, 8), v -> formula(f).applyAsDouble(5 * v)));
        double[] cotangents = lane.values(shape, 9);
        double[] expected =
            IntStream.range(0, outputs.length)
                .mapToDouble(i -> cotangents[i] * derivative(f, outputs[i]))
                .toArray();
        Tensor g = lane.tensor(shape, cotangents);
        Tensor y = lane.tensor(shape, outputs);
        Tensor r = lane.result(shape);
        lane.backend().activationGrad(f, g, y, r);
        Closeness.each(f + " gradient " + shape, lane, expected, r, 1e-2);
        Closeness.exact(f + " gradient leaves y", lane, outputs, y);
        lane.backend().activationGrad(f, g, y, g);
        Closeness.each(f + " gradient in place " + shape, lane, expected, g, 1e-2);
      }
    }
  }
}
