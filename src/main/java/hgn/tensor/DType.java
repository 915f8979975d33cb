package hgn.tensor;

/** Element type of a tensor. */
public enum DType {
  /** IEEE 754 single precision, used for training. */
  FLOAT32(4, "float32"),
  /** IEEE 754 double precision, used by the reference backend and the gradient checks. */
  FLOAT64(8, "float64");

  private final int bytes;
  private final String label;

  DType(int bytes, String label) {
    this.bytes = bytes;
    this.label = label;
  }

  /** Bytes of one element. */
  public int bytes() {
    return bytes;
  }

  @Override
  public String toString() {
    return label;
  }
}
