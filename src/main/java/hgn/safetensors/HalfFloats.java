package hgn.safetensors;

/** 16-bit floats as the 32-bit floats of the same value. */
final class HalfFloats {
  private static final int FRACTION = 10;
  private static final int EXPONENT = 0x1f;
  private static final int BIAS = 15;

  private HalfFloats() {}

  /** A float16 of IEEE 754: a sign, 5 bits of exponent, 10 of fraction. */
  static float ofHalf(short bits) {
    int exponent = bits >> FRACTION & EXPONENT;
    int fraction = bits & (1 << FRACTION) - 1;
    int sign = (bits & 0x8000) << 16;
    if (exponent == EXPONENT) { // infinite, or not a number
      return Float.intBitsToFloat(sign | 0x7f800000 | fraction << 13);
    }
    float size =
        exponent == 0
            ? Math.scalb((float) fraction, 1 - BIAS - FRACTION)
            : Math.scalb((float) (fraction | 1 << FRACTION), exponent - BIAS - FRACTION);
    return Float.intBitsToFloat(sign | Float.floatToRawIntBits(size));
  }

  /** A bfloat16: the upper half of a float32. */
  static float ofBrain(short bits) {
    return Float.intBitsToFloat(bits << Short.SIZE);
  }
}
