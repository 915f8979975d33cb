package hgn.safetensors;

/** The supported element types of safetensors files. */
public enum SafetensorsType {
  /** 32-bit floats. */
  F32(4),
  /** 64-bit floats. */
  F64(8),
  /** 64-bit signed integers. */
  I64(8);

  private final int bytes;

  SafetensorsType(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes per element. */
  public int bytes() {
    return bytes;
  }
}
