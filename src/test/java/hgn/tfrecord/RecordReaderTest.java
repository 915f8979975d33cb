package hgn.tfrecord;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordReaderTest {
  @TempDir private Path folder;

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private Path file(byte[]... parts) throws IOException {
    Path file = folder.resolve("records");
    int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
    ByteBuffer all = ByteBuffer.allocate(length);
    for (byte[] part : parts) {
      all.put(part);
    }
    return Files.write(file, all.array());
  }

  private static byte[] record(String text) {
    return RecordFrame.of(bytes(text)).array();
  }

  /**
   * The checksums are those of RFC 3720, B.4 (32 bytes of 0, and of all ones), turned and moved.
   */
  @Test
  void checksumsAreMasked() {
    byte[] data = new byte[32];
    assertEquals(Integer.rotateRight(0x8a9136aa, 15) + 0xa282ead8, MaskedCrc.of(data));
    Arrays.fill(data, (byte) 0xff);
    assertEquals(Integer.rotateRight(0x62a8ab43, 15) + 0xa282ead8, MaskedCrc.of(data));
  }

  @Test
  void recordsAreReadAsTheyWereWritten() throws IOException {
    try (RecordReader reader = new RecordReader(file(record("one"), record(""), record("three")))) {
      assertArrayEquals(bytes("one"), reader.next().orElseThrow());
      assertEquals(19, reader.end());
      assertArrayEquals(bytes(""), reader.next().orElseThrow());
      assertArrayEquals(bytes("three"), reader.next().orElseThrow());
      assertTrue(reader.next().isEmpty());
      assertEquals(19 + 16 + 21, reader.end());
    }
  }

  @Test
  void everyBitIsGuardedAndEveryByteMissed() throws IOException {
    byte[] first = record("first");
    byte[] second = record("second");
    for (int bit = 0; bit < Byte.SIZE * second.length; bit++) {
      byte[] damaged = second.clone();
      damaged[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      assertEndsBehind(first, damaged);
    }
    for (int length = 0; length < second.length; length++) {
      assertEndsBehind(first, Arrays.copyOf(second, length));
    }
  }

  private void assertEndsBehind(byte[] first, byte[] rest) throws IOException {
    try (RecordReader reader = new RecordReader(file(first, rest))) {
      assertTrue(reader.next().isPresent());
      assertTrue(reader.next().isEmpty(), () -> Arrays.toString(rest));
      assertEquals(first.length, reader.end());
    }
  }

  @Test
  void aLengthThatLiesCostsNoMemory() throws IOException {
    for (long length : new long[] {-1, Long.MAX_VALUE, Integer.MAX_VALUE, 1L << 40}) {
      byte[] claimed =
          ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array();
      ByteBuffer header = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN).put(claimed);
      header.putInt(MaskedCrc.of(claimed));
      assertTrue(RecordFrame.hasRightChecksum(header));
      assertEndsBehind(record("x"), header.array());
    }
  }
}
