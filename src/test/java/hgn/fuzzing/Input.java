package hgn.fuzzing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An input whose first byte selects one of several ways to read the rest.
 *
 * @param way from 0
 * @param bytes the rest
 */
record Input(int way, byte[] bytes) {
  /** Splits an input. */
  static Input of(byte[] data, int ways) {
    return data.length == 0
        ? new Input(0, data)
        : new Input((data[0] & 255) % ways, Arrays.copyOfRange(data, 1, data.length));
  }

  /** The input that {@link #of} splits into these. */
  static byte[] join(int way, byte[] bytes) {
    return ByteBuffer.allocate(bytes.length + 1).put((byte) way).put(bytes).array();
  }

  String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** The two parts before and after the first zero byte. */
  List<byte[]> parts() {
    List<byte[]> parts = new ArrayList<>();
    int end = 0;
    while (end < bytes.length && bytes[end] != 0) {
      end++;
    }
    parts.add(Arrays.copyOf(bytes, end));
    parts.add(Arrays.copyOfRange(bytes, Math.min(bytes.length, end + 1), bytes.length));
    return parts;
  }

  static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
