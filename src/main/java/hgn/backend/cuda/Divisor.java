package hgn.backend.cuda;

import java.nio.ByteBuffer;

/**
 * The kernels' struct {@code Divisor}: a size by which threads divide their indices, with the
 * multiplier that replaces the division.
 *
 * @param value the size; an empty one, by which no thread divides, may be 0
 */
record Divisor(long value) implements Arguments.Struct {
  /** Any index is below 2 to this power. */
  private static final int BITS = 63;

  /** {@code value} is at most 2 to this power, and greater than half of it. */
  private int shift() {
    return value <= 1 ? 0 : Long.SIZE - Long.numberOfLeadingZeros(value - 1);
  }

  /** The least whole number above 2^(63 + shift) / value; as an unsigned number it fits. */
  private long multiplier() {
    long divisor = Math.max(1, value);
    long quotient = Long.divideUnsigned(1L << BITS, divisor);
    long rest = Long.remainderUnsigned(1L << BITS, divisor);
    for (int doubled = 0; doubled < shift(); doubled++) { // a long division, bit by bit
      quotient *= 2;
      rest *= 2;
      if (Long.compareUnsigned(rest, divisor) >= 0) {
        quotient++;
        rest -= divisor;
      }
    }
    return quotient + 1;
  }

  @Override
  public void write(ByteBuffer to) {
    to.putLong(multiplier()).putLong(value).putLong(shift());
  }
}
