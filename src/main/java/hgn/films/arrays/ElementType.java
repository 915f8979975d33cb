package hgn.films.arrays;

/** Element types of arrays that can hold films. */
public enum ElementType {
  /** Unsigned bytes; 255 is white. */
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
