package hgn.tensor;

/**
 * The networks' nonlinearities, each with its derivative as a function of the output {@code y =
 * f(x)}, so that the input need not be kept.
 *
 * <p>The formulas are repeated in {@code native/activation.cpp} and {@code kernels/activation.cuh}.
 */
public enum Activation {
  /** y = x. */
  IDENTITY,
  /** y = max(x, 0); f' = 1 where y &gt; 0, else 0. */
  RELU,
  /** y = x where x &gt; 0, else x/100; f' = 1 where y &gt; 0, else 1/100. */
  LEAKY_RELU,
  /** y = ln(1 + exp x), computed without overflow; f' = 1 - exp(-y). */
  SOFTPLUS,
  /** y = 1/(1 + exp(-x)); f' = y (1 - y). */
  SIGMOID,
  /** y = tanh x; f' = 1 - y^2. */
  TANH;

  /**
   * D'(y), where f' = D(y), as constant + linear y + exponential e^-y.
   *
   * @param constant its constant part
   * @param linear factor on y
   * @param exponential factor on e^-y
   */
  public record SlopeDerivative(double constant, double linear, double exponential) {
    private static final SlopeDerivative ZERO = new SlopeDerivative(0, 0, 0);

    /** Returns whether f' is constant on each side of 0. */
    public boolean isZero() {
      return equals(ZERO);
    }
  }

  /** Slope of the leaky ReLU below zero. */
  public static final double LEAK = 0.01;

  /** f(x), in double precision. */
  public double apply(double x) {
    return switch (this) {
      case IDENTITY -> x;
      case RELU -> Math.max(x, 0);
      case LEAKY_RELU -> x > 0 ? x : LEAK * x;
      case SOFTPLUS -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
      case SIGMOID -> 1 / (1 + Math.exp(-x));
      case TANH -> Math.tanh(x);
    };
  }

  /** f'(x) as a function of y = f(x), in double precision. */
  public double slope(double y) {
    return switch (this) {
      case IDENTITY -> 1;
      case RELU -> y > 0 ? 1 : 0;
      case LEAKY_RELU -> y > 0 ? 1 : LEAK;
      case SOFTPLUS -> -Math.expm1(-y);
      case SIGMOID -> y * (1 - y);
      case TANH -> 1 - y * y;
    };
  }

  /** Returns the derivative of {@link #slope} by y. */
  public SlopeDerivative slopeDerivative() {
    return switch (this) {
      case IDENTITY, RELU, LEAKY_RELU -> SlopeDerivative.ZERO;
      case SOFTPLUS -> new SlopeDerivative(0, 0, 1);
      case SIGMOID -> new SlopeDerivative(1, -2, 0);
      case TANH -> new SlopeDerivative(0, -2, 0);
    };
  }
}
