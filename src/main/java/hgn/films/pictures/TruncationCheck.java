package hgn.films.pictures;

import hgn.films.source.DamagedFilmException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.CRC32;

/** Detects truncated PNG and JPEG files. Decoders fill missing parts with gray and at most warn. */
final class TruncationCheck {
  private static final int SIGNATURE = 8;

  /** Bytes of length, type and checksum of a PNG chunk. */
  private static final int CHUNK = 12;

  private static final int IEND = 0x49454e44;
  private static final int MARK = 0xff;
  private static final int START_OF_SCAN = 0xda;
  private static final int END_OF_IMAGE = 0xd9;

  private TruncationCheck() {}

  /**
   * Rejects a truncated picture.
   *
   * @param isPng whether it is a PNG, else a JPEG
   */
  static void require(byte[] bytes, boolean isPng, String name, Path file) {
    String problem = isPng ? problemOfPng(bytes) : problemOfJpeg(bytes);
    if (problem != null) {
      throw new DamagedFilmException(
          file, name.equals(file.toString()) ? problem : name + ": " + problem);
    }
  }

  private static String problemOfPng(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    int at = SIGNATURE;
    while (bytes.length - at >= CHUNK) {
      int length = in.getInt(at);
      if (length < 0 || length > bytes.length - at - CHUNK) {
        break;
      }
      CRC32 crc = new CRC32();
      crc.update(bytes, at + Integer.BYTES, Integer.BYTES + length);
      if ((int) crc.getValue() != in.getInt(at + 2 * Integer.BYTES + length)) {
        return "a checksum of this PNG is wrong";
      }
      if (in.getInt(at + Integer.BYTES) == IEND) {
        return null;
      }
      at += CHUNK + length;
    }
    return "this PNG ends before its end";
  }

  /**
   * Looks for the end marker after the last start of scan, since an embedded thumbnail has its own.
   */
  private static String problemOfJpeg(byte[] bytes) {
    boolean ended = false;
    for (int i = 0; i + 1 < bytes.length; i++) {
      if ((bytes[i] & MARK) == MARK) {
        int mark = bytes[i + 1] & MARK;
        ended = mark == END_OF_IMAGE || ended && mark != START_OF_SCAN;
      }
    }
    return ended ? null : "this JPEG ends before its end";
  }
}
