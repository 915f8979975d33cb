package hgn.tensor;

/** Elementwise functions of one tensor, other than the {@link Activation}s. */
public enum UnaryOp {
  /** e^x. */
  EXP,
  /** Natural logarithm. */
  LOG,
  /** Square root. */
  SQRT,
  /** x^2. */
  SQUARE,
  /** 1/x. */
  RECIPROCAL,
  /** Sine of an angle in radians. */
  SIN,
  /** Cosine of an angle in radians. */
  COS;

  /** The function, in double precision. */
  public double apply(double x) {
    return switch (this) {
      case EXP -> Math.exp(x);
      case LOG -> Math.log(x);
      case SQRT -> Math.sqrt(x);
      case SQUARE -> x * x;
      case RECIPROCAL -> 1 / x;
      case SIN -> Math.sin(x);
      case COS -> Math.cos(x);
    };
  }
}
