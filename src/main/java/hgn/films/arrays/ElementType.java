package hgn.films.arrays;

/** Types of numbers in arrays that can be films. */
public enum ElementType {
  /** Bytes, of which 255 is white. */
  UINT8(1),
  /** 32-bit floats. */
  FLOAT32(4),
  /** 64-bit floats. */
  FLOAT64(8);

  private final int bytes;

  ElementType(int bytes) {
    this.bytes = bytes;
  }

  public int bytes() {
    return bytes;
  }
}
