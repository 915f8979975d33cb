package hgn.tensor;

import hgn.testing.Closeness;
import hgn.testing.backends.Covers;
import hgn.testing.backends.EveryBackend;
import hgn.testing.backends.Lane;
import hgn.testing.backends.Naive;
import java.util.function.Consumer;

/** The contract of convolution and its two gradients. */
class ConvolutionContractTest {
  private static final int[][] PADDINGS = {
    {0, 0, 0, 0}, {1, 1, 1, 1}, {0, 1, 0, 1}, {1, 0, 1, 0}, {0, 1, 1, 0}, {2, 0, 1, 2},
  };

  /** Inputs and outputs. */
  private static final int[][] CHANNELS = {
    {1, 1}, {3, 1}, {1, 3}, {15, 32}, {16, 48}, {32, 64}, {48, 16}, {64, 64}, {64, 3}, {64, 1},
    {5, 17}, {31, 33}, {65, 15},
  };

  /** Batch, height, width. */
  private static final int[][] IMAGES = {{1, 5, 7}, {3, 4, 5}};

  /** One convolution with its operands. */
  private record Case(
      Lane lane, Shape x, Shape w, Shape y, Conv2dGeometry geometry, String description) {
    double[] input() {
      return lane.values(x, 1);
    }

    double[] weight() {
      return lane.values(w, 2);
    }

    double[] bias() {
      return lane.values(Shape.of(w.dim(3)), 3);
    }

    double[] cotangent() {
      return lane.values(y, 4);
    }

    double[] biased(double[] sums) {
      double[] bias = bias();
      double[] y = sums.clone();
      for (int i = 0; i < y.length; i++) {
        y[i] += bias[i % bias.length];
      }
      return y;
    }

    long terms() {
      return (long) w.dim(0) * w.dim(1) * w.dim(2);
    }
  }

  private static void forEachCase(Lane lane, Consumer<Case> check) {
    for (int[] image : IMAGES) {
      for (int[] channels : CHANNELS) {
        for (int kernel = 1; kernel <= 3; kernel++) {
          for (int stride = 1; stride <= 2; stride++) {
            for (int[] p : PADDINGS) {
              Shape x = Shape.of(image[0], image[1], image[2], channels[0]);
              Shape w = Shape.of(kernel, kernel, channels[0], channels[1]);
              accept(check, caseOf(lane, x, w, new Conv2dGeometry(stride, p[0], p[1], p[2], p[3])));
            }
          }
        }
      }
    }
    accept(
        check,
        caseOf(lane, Shape.of(2, 9, 6, 5), Shape.of(2, 3, 5, 3), Conv2dGeometry.symmetric(3, 1)));
    accept(
        check,
        caseOf(lane, Shape.of(1, 4, 4, 64), Shape.of(2, 2, 64, 64), Conv2dGeometry.after(1, 1)));
    accept(
        check,
        caseOf(
            lane, Shape.of(2, 32, 32, 15), Shape.of(3, 3, 15, 32), Conv2dGeometry.symmetric(1, 1)));
    accept(
        check,
        caseOf(
            lane, Shape.of(1, 33, 31, 3), Shape.of(3, 3, 3, 16), Conv2dGeometry.symmetric(2, 1)));
    accept(
        check,
        caseOf(lane, Shape.of(1, 1, 1, 3), Shape.of(3, 3, 3, 5), Conv2dGeometry.symmetric(1, 1)));
    accept(
        check,
        caseOf(lane, Shape.of(1, 1, 2, 1), Shape.of(1, 1, 1, 1), Conv2dGeometry.symmetric(1, 2)));
  }

  private static void accept(Consumer<Case> check, Case c) {
    c.lane.part(() -> check.accept(c));
  }

  private static Case caseOf(Lane lane, Shape x, Shape w, Conv2dGeometry geometry) {
    Shape y = ConvShapes.output(x, w, geometry);
    return new Case(lane, x, w, y, geometry, x + " * " + w + " " + geometry);
  }

  @EveryBackend
  @Covers("conv2d")
  void conv2dSumsOverTheWindow(Lane lane) {
    forEachCase(
        lane,
        c -> {
          double[] sums = Naive.conv(c.x, c.input(), c.w, c.weight(), c.y, c.geometry);
          Tensor x = lane.tensor(c.x, c.input());
          Tensor w = lane.tensor(c.w, c.weight());
          Tensor bias = lane.tensor(Shape.of(c.w.dim(3)), c.bias());
          Tensor y = lane.result(c.y);
          lane.backend().conv2d(x, w, null, c.geometry, Activation.IDENTITY, y);
          Closeness.sums(c.description, lane, sums, y, c.terms());
          lane.backend().conv2d(x, w, bias, c.geometry, Activation.IDENTITY, y);
          Closeness.sums(c.description + " + bias", lane, c.biased(sums), y, c.terms());
        });
  }

  @EveryBackend
  @Covers("conv2d")
  void conv2dAppliesTheActivation(Lane lane) {
    for (int[] channels : CHANNELS) {
      Case c =
          caseOf(
              lane,
              Shape.of(2, 5, 3, channels[0]),
              Shape.of(3, 3, channels[0], channels[1]),
              Conv2dGeometry.symmetric(1, 1));
      double[] sums = Naive.conv(c.x, c.input(), c.w, c.weight(), c.y, c.geometry);
      double[] biased = c.biased(sums);
      Tensor x = lane.tensor(c.x, c.input());
      Tensor w = lane.tensor(c.w, c.weight());
      Tensor bias = lane.tensor(Shape.of(channels[1]), c.bias());
      Tensor y = lane.result(c.y);
      for (Activation f : Activation.values()) {
        lane.backend().conv2d(x, w, null, c.geometry, f, y);
        Closeness.sums(f + " " + c.description, lane, applied(f, sums), y, c.terms());
        lane.backend().conv2d(x, w, bias, c.geometry, f, y);
        Closeness.sums(f + " + bias " + c.description, lane, applied(f, biased), y, c.terms());
      }
    }
  }

  private static double[] applied(Activation f, double[] x) {
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] =
          switch (f) {
            case IDENTITY -> x[i];
            case RELU -> x[i] > 0 ? x[i] : 0;
            case LEAKY_RELU -> x[i] > 0 ? x[i] : x[i] / 100;
            case SOFTPLUS -> Math.log(1 + Math.exp(x[i]));
            case SIGMOID -> 1 / (1 + Math.exp(-x[i]));
            case TANH -> Math.tanh(x[i]);
          };
    }
    return y;
  }

  @EveryBackend
  @Covers("conv2dInputGrad")
  void conv2dInputGradIsTheDerivativeByTheInput(Lane lane) {
    forEachCase(
        lane,
        c -> {
          double[] expected =
              Naive.convInputGrad(c.x, c.w, c.weight(), c.y, c.cotangent(), c.geometry);
          Tensor x = lane.result(c.x);
          Tensor g = lane.tensor(c.y, c.cotangent());
          lane.backend().conv2dInputGrad(g, lane.tensor(c.w, c.weight()), c.geometry, x);
          long terms = c.terms() / c.w.dim(2) * c.w.dim(3);
          Closeness.sums(c.description, lane, expected, x, terms);
        });
  }

  @EveryBackend
  @Covers("conv2dWeightGrad")
  void conv2dWeightGradIsTheDerivativeByTheWeight(Lane lane) {
    forEachCase(
        lane,
        c -> {
          double[] expected =
              Naive.convWeightGrad(c.x, c.input(), c.w, c.y, c.cotangent(), c.geometry);
          Tensor w = lane.result(c.w);
          Tensor g = lane.tensor(c.y, c.cotangent());
          lane.backend().conv2dWeightGrad(lane.tensor(c.x, c.input()), g, c.geometry, w);
          Closeness.sums(c.description, lane, expected, w, c.y.count() / c.y.dim(3));
        });
  }

  @EveryBackend
  @Covers({"conv2d", "conv2dInputGrad", "conv2dWeightGrad"})
  void convolutionsPassOnWhatIsNotANumberAndNoFurther(Lane lane) {
    Conv2dGeometry geometry = Conv2dGeometry.symmetric(1, 1);
    Shape image = Shape.of(1, 1, 4, 1);
    Tensor x = lane.tensor(image, Double.NaN, 1, 1, 1);
    Tensor w = lane.tensor(Shape.of(3, 3, 1, 1), 0, 0, 0, 1, 2, 3, 0, 0, 0);
    Tensor y = lane.result(image);
    lane.backend().conv2d(x, w, null, geometry, Activation.RELU, y);
    Closeness.exact("conv2d", lane, new double[] {Double.NaN, Double.NaN, 6, 3}, y);
    lane.backend().conv2dInputGrad(x, w, geometry, y);
    Closeness.exact("input gradient", lane, new double[] {Double.NaN, Double.NaN, 6, 5}, y);
    Tensor ones = lane.tensor(image, 1, 1, 1, 1);
    Tensor gradient = lane.result(Shape.of(3, 3, 1, 1));
    lane.backend().conv2dWeightGrad(x, ones, geometry, gradient);
    double[] expected = {0, 0, 0, Double.NaN, Double.NaN, 3, 0, 0, 0};
    Closeness.exact("weight gradient", lane, expected, gradient);
  }
}
