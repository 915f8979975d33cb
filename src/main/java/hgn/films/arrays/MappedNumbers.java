package hgn.films.arrays;

import hgn.files.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/** Numbers of one type in a memory-mapped file. */
public final class MappedNumbers {
  private static final int SEGMENT_BITS = 30;
  private static final int MASK = (1 << SEGMENT_BITS) - 1;

  /** Byte value of white. */
  private static final float[] SHARES = new float[256];

  static {
    for (int i = 0; i < SHARES.length; i++) {
      SHARES[i] = i / 255f;
    }
  }

  private final ElementType type;
  private final ByteBuffer[] segments;

  /**
   * Maps {@code count} numbers.
   *
   * @param offset offset of the first number in bytes
   * @throws StorageException if the file cannot be read or is too short
   */
  public MappedNumbers(Path file, long offset, long count, ElementType type, ByteOrder order) {
    this.type = type;
    long bytes = Math.multiplyExact(count, type.bytes());
    segments = new ByteBuffer[(int) (bytes + MASK >>> SEGMENT_BITS)];
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      if (offset > channel.size() || channel.size() - offset < bytes) {
        throw new StorageException(
            file,
            String.format(
                Locale.ROOT,
                "it should have %d bytes of numbers from byte %d on, and has %d bytes in all",
                bytes,
                offset,
                channel.size()),
            "it was cut off: copy or write it again");
      }
      for (int i = 0; i < segments.length; i++) {
        long from = (long) i << SEGMENT_BITS;
        long length = Math.min(bytes - from, MASK + 1L);
        segments[i] = channel.map(MapMode.READ_ONLY, offset + from, length).order(order);
      }
    } catch (IOException error) {
      throw new StorageException(file, "cannot read", error);
    }
  }

  /** The number at {@code index}, not scaled. */
  public double at(long index) {
    long at = index * type.bytes();
    ByteBuffer segment = segments[(int) (at >>> SEGMENT_BITS)];
    int place = (int) at & MASK;
    return switch (type) {
      case UINT8 -> segment.get(place) & 255;
      case FLOAT32 -> segment.getFloat(place);
      case FLOAT64 -> segment.getDouble(place);
    };
  }

  /**
   * Reads numbers from index {@code first}, scaled to [0, 1]: bytes are divided by 255, floats
   * unchanged.
   *
   * @param count how many, to {@code dst} from {@code offset}
   */
  public void shares(long first, float[] dst, int offset, int count) {
    int done = 0;
    while (done < count) {
      long at = (first + done) * type.bytes();
      ByteBuffer segment = segments[(int) (at >>> SEGMENT_BITS)];
      int place = (int) at & MASK;
      int length = Math.min(count - done, (segment.limit() - place) / type.bytes());
      shares(segment, place, dst, offset + done, length);
      done += length;
    }
  }

  private void shares(ByteBuffer segment, int place, float[] dst, int offset, int count) {
    switch (type) {
      case UINT8 -> {
        byte[] bytes = new byte[count];
        segment.get(place, bytes);
        for (int i = 0; i < count; i++) {
          dst[offset + i] = SHARES[bytes[i] & 255];
        }
      }
      case FLOAT32 ->
          segment
              .slice(place, count * type.bytes())
              .order(segment.order())
              .asFloatBuffer()
              .get(dst, offset, count);
      case FLOAT64 -> {
        for (int i = 0; i < count; i++) {
          dst[offset + i] = (float) segment.getDouble(place + i * type.bytes());
        }
      }
    }
  }

  /** Bytes of the numbers from offset {@code at}. */
  public byte[] bytes(long at, int count) {
    byte[] bytes = new byte[count];
    int done = 0;
    while (done < count) {
      ByteBuffer segment = segments[(int) (at + done >>> SEGMENT_BITS)];
      int place = (int) (at + done) & MASK;
      int length = Math.min(count - done, segment.limit() - place);
      segment.get(place, bytes, done, length);
      done += length;
    }
    return bytes;
  }
}
