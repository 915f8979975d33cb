package hgn.fuzzing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** NumPy arrays and archives. */
public final class ArrayFuzz {
  private static final Sandbox SANDBOX = new Sandbox();

  private ArrayFuzz() {}

  /** Reads an array; an archive; or an archive of a whole zip format with two arrays. */
  public static void fuzzerTestOneInput(byte[] data) throws IOException {
    Input input = Input.of(data, 3);
    if (input.way() == 0) {
      SANDBOX.write("films.npy", input.bytes());
      Trial.readPlain(data, () -> FilmReading.of(SANDBOX.folder().resolve("films.npy"), ""));
    } else {
      byte[] archive =
          input.way() == 1 ? input.bytes() : archive(input.parts().get(0), input.parts().get(1));
      SANDBOX.write("films.npz", archive);
      Trial.read(() -> FilmReading.of(SANDBOX.folder().resolve("films.npz"), ""));
      Trial.read(() -> FilmReading.of(SANDBOX.folder().resolve("films.npz"), "films"));
    }
    SANDBOX.empty();
  }

  /** An archive of films and of a second array, whose name stands in the first line. */
  private static byte[] archive(byte[] names, byte[] array) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      int half = array.length / 2;
      for (String name :
          new String(names, java.nio.charset.StandardCharsets.ISO_8859_1).split(",")) {
        try {
          zip.putNextEntry(new ZipEntry(name.substring(0, Math.min(name.length(), 100)) + ".npy"));
        } catch (IOException twice) {
          continue;
        }
        zip.write(array);
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }
}
