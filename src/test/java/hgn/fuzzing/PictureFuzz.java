package hgn.fuzzing;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/** PNG and JPEG pictures in folders, and animated GIFs. */
public final class PictureFuzz {
  private static final Sandbox SANDBOX = new Sandbox();
  private static final int PNG = 0x89504e47;
  private static final int SIGNATURE = 8;
  private static final int CHUNK = 12;

  private PictureFuzz() {}

  /** Reads a GIF, a picture, or a PNG with right checksums. */
  public static void fuzzerTestOneInput(byte[] data) {
    Input input = Input.of(data, 3);
    byte[] bytes = input.bytes();
    if (input.way() == 2) {
      setChecksums(bytes, 0, bytes.length);
    }
    if (input.way() == 0) {
      SANDBOX.write("film.gif", bytes);
    } else {
      SANDBOX.write("film/frame1.png", bytes);
      SANDBOX.write("film/frame2.jpg", bytes);
    }
    Trial.read(() -> FilmReading.of(SANDBOX.folder(), ""));
    SANDBOX.empty();
  }

  /** Sets the checksums of the first PNG in some bytes. */
  static void setChecksums(byte[] bytes, int from, int end) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    int at = from;
    while (at + SIGNATURE <= end && in.getInt(at) != PNG) {
      at++;
    }
    at += SIGNATURE;
    while (end - at >= CHUNK) {
      int length = in.getInt(at);
      if (length < 0 || length > end - at - CHUNK) {
        return;
      }
      CRC32 crc = new CRC32();
      crc.update(bytes, at + Integer.BYTES, Integer.BYTES + length);
      in.putInt(at + 2 * Integer.BYTES + length, (int) crc.getValue());
      at += CHUNK + length;
    }
  }
}
