package hgn.tfrecord;

import java.util.zip.CRC32C;

/**
 * The checksum of TFRecord files: CRC-32C, rotated right by 15 bits plus a constant. The masking
 * avoids problems with checksums of data that contain checksums.
 */
public final class MaskedCrc {
  private static final int TURN = 15;
  private static final int SHIFT = 0xa282ead8;

  private MaskedCrc() {}

  /** The checksum of all of {@code bytes}. */
  public static int of(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, bytes.length);
    return Integer.rotateRight((int) crc.getValue(), TURN) + SHIFT;
  }
}
