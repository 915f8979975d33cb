package hgn.safetensors;

/**
 * The element types of safetensors files. All may stand in a file; this program reads the values of
 * {@link #F64}, {@link #F32}, {@link #F16}, {@link #BF16} and {@link #I64}.
 */
public enum SafetensorsType {
  /** Truth values. */
  BOOL(8),
  /** 4-bit floats, two in a byte. */
  F4(4),
  /** 6-bit floats. */
  F6_E2M3(6),
  /** 6-bit floats. */
  F6_E3M2(6),
  /** 8-bit unsigned integers. */
  U8(8),
  /** 8-bit signed integers. */
  I8(8),
  /** 8-bit floats. */
  F8_E5M2(8),
  /** 8-bit floats. */
  F8_E4M3(8),
  /** 8-bit floats. */
  F8_E5M2FNUZ(8),
  /** 8-bit floats. */
  F8_E4M3FNUZ(8),
  /** Powers of two. */
  F8_E8M0(8),
  /** 16-bit signed integers. */
  I16(16),
  /** 16-bit unsigned integers. */
  U16(16),
  /** 16-bit floats of IEEE 754. */
  F16(16),
  /** The upper halves of 32-bit floats. */
  BF16(16),
  /** 32-bit signed integers. */
  I32(32),
  /** 32-bit unsigned integers. */
  U32(32),
  /** 32-bit floats. */
  F32(32),
  /** Pairs of 32-bit floats. */
  C64(64),
  /** 64-bit floats. */
  F64(64),
  /** 64-bit signed integers. */
  I64(64),
  /** 64-bit unsigned integers. */
  U64(64);

  private final int bits;

  SafetensorsType(int bits) {
    this.bits = bits;
  }

  /** Whole bytes per element. */
  public int bytes() {
    return bits / Byte.SIZE;
  }

  /** Bytes of {@code count} elements, the last of them filled up. */
  long bytes(long count) {
    return (count * bits + Byte.SIZE - 1) / Byte.SIZE;
  }

  /** Whether elements are floats that are read. */
  public boolean isFloat() {
    return this == F64 || this == F32 || this == F16 || this == BF16;
  }

  /** What it is, in words. */
  public String words() {
    String kind =
        switch (name().charAt(0)) {
          case 'I', 'U' -> "integers";
          case 'F' -> isFloat() ? "floats" : "floats too narrow to be read";
          case 'C' -> "complex numbers";
          default -> isFloat() ? "floats" : "truth values"; // BF16, BOOL
        };
    return kind + " (" + name() + ")";
  }
}
