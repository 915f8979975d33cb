package hgn.tfrecord;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * How a TFRecord file holds a record: its length (8 bytes, little endian), the length's checksum
 * (4), the data, their checksum (4); see {@link MaskedCrc}.
 */
public final class RecordFrame {
  /** Bytes before the data: the length and its checksum. */
  public static final int HEADER = Long.BYTES + Integer.BYTES;

  /** Bytes behind the data: their checksum. */
  public static final int FOOTER = Integer.BYTES;

  private RecordFrame() {}

  /** A record as it stands in a file. */
  public static ByteBuffer of(byte[] data) {
    ByteBuffer record = ByteBuffer.allocate(HEADER + data.length + FOOTER);
    record.order(ByteOrder.LITTLE_ENDIAN).putLong(data.length);
    record.putInt(checksum(record));
    return record.put(data).putInt(MaskedCrc.of(data)).flip();
  }

  /** Whether the checksum in a header, which begins at index 0, is that of its length. */
  public static boolean hasRightChecksum(ByteBuffer header) {
    ByteBuffer little = header.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    return little.getInt(Long.BYTES) == checksum(header);
  }

  private static int checksum(ByteBuffer header) {
    byte[] length = new byte[Long.BYTES];
    header.get(0, length);
    return MaskedCrc.of(length);
  }
}
