package hgn.tensor;

/** Elementwise functions of two tensors, with broadcasting. */
public enum BinaryOp {
  /** a + b. */
  ADD,
  /** a - b. */
  SUB,
  /** a b. */
  MUL,
  /** a / b. */
  DIV,
  /** The angle of the point (b, a), in radians from -pi to pi; 0 at the origin. */
  ATAN2;

  /** The function, in double precision. */
  public double apply(double a, double b) {
    return switch (this) {
      case ADD -> a + b;
      case SUB -> a - b;
      case MUL -> a * b;
      case DIV -> a / b;
      case ATAN2 -> Math.atan2(a, b);
    };
  }
}
