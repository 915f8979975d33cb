package hgn.fuzzing;

import hgn.tfrecord.MaskedCrc;
import hgn.tfrecord.RecordFrame;
import hgn.tfrecord.RecordReader;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;

/** TFRecord files and the list of features beside them. */
public final class RecordFuzz {
  private static final Sandbox SANDBOX = new Sandbox();

  private RecordFuzz() {}

  /** Reads a list and a file; every other way with right checksums, which chance never finds. */
  public static void fuzzerTestOneInput(byte[] data) {
    Input input = Input.of(data, 2);
    byte[] records = input.parts().get(1);
    SANDBOX.write("features.txt", input.parts().get(0));
    Path file = SANDBOX.write("a.tfrecord", input.way() == 0 ? records : withChecksums(records));
    Trial.read(() -> FilmReading.of(file, ""));
    Trial.read(() -> FilmReading.of(SANDBOX.folder(), "image"));
    Trial.readPlain(
        data,
        () -> {
          try (RecordReader reader = new RecordReader(file)) {
            while (reader.next().isPresent()) {
              // to the end
            }
          }
        });
    SANDBOX.empty();
  }

  /** Sets the checksums of each record and, in its data, of each PNG. */
  private static byte[] withChecksums(byte[] records) {
    byte[] bytes = records.clone();
    ByteBuffer file = Input.little(bytes);
    int at = 0;
    while (bytes.length - at >= RecordFrame.HEADER + RecordFrame.FOOTER) {
      long left = bytes.length - at - RecordFrame.HEADER - RecordFrame.FOOTER;
      int length = (int) Math.floorMod(file.getLong(at), left + 1);
      file.putLong(at, length);
      file.putInt(at + Long.BYTES, MaskedCrc.of(Arrays.copyOfRange(bytes, at, at + Long.BYTES)));
      int from = at + RecordFrame.HEADER;
      PictureFuzz.setChecksums(bytes, from, from + length);
      file.putInt(from + length, MaskedCrc.of(Arrays.copyOfRange(bytes, from, from + length)));
      at = from + length + RecordFrame.FOOTER;
    }
    return bytes;
  }
}
