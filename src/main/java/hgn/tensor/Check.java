package hgn.tensor;

/** Operand checks that several operations share. */
final class Check {
  /** Above this, float32 cannot represent every whole number. */
  private static final int MAX_ROWS = 1 << 24;

  private Check() {}

  static void together(String op, Tensor a, Tensor b) {
    if (a.backend() != b.backend()) {
      throw new IllegalArgumentException(
          "["
              + op
              + "] operands are on different backends: "
              + a
              + " and "
              + b
              + "; copy one over");
    }
    if (a.dtype() != b.dtype()) {
      throw new IllegalArgumentException(
          "[" + op + "] operands differ in dtype: " + a + " and " + b + "; convert one");
    }
  }

  static void sameShape(String op, Tensor a, Tensor b) {
    if (!a.shape().equals(b.shape())) {
      throw new IllegalArgumentException(
          "[" + op + "] shapes " + a.shape() + " and " + b.shape() + " must be equal; reshape one");
    }
  }

  static void rank(String op, String what, Tensor x, int rank) {
    if (x.shape().rank() != rank) {
      throw new IllegalArgumentException(
          "["
              + op
              + "] "
              + what
              + " must have rank "
              + rank
              + ", got "
              + x.shape()
              + " of rank "
              + x.shape().rank()
              + "; reshape it");
    }
  }

  static void count(String op, String what, Tensor x, int count) {
    if (x.shape().count() != count) {
      throw new IllegalArgumentException(
          "["
              + op
              + "] "
              + what
              + " must have "
              + count
              + (count == 1 ? " element" : " elements")
              + ", got "
              + x.shape()
              + "; slice it");
    }
  }

  /** Checks a list of row indices, which their dtype must represent exactly. */
  static void rows(String op, Shape whole, Tensor rows) {
    rank(op, "the list of rows", rows, 1);
    if (rows.dtype() == DType.FLOAT32 && whole.dim(0) > MAX_ROWS) {
      throw new IllegalArgumentException(
          "["
              + op
              + "] float32 numbers at most "
              + MAX_ROWS
              + " rows, got "
              + whole
              + "; gather from parts of it");
    }
  }

  static void part(String op, Shape whole, int axis, int start, int length) {
    if (start < 0 || length < 1 || length > whole.dim(axis) - start) {
      throw new IllegalArgumentException(
          "["
              + op
              + "] "
              + length
              + " entries from "
              + start
              + " on are not within axis "
              + axis
              + " of "
              + whole);
    }
  }
}
