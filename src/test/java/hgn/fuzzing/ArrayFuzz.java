package hgn.fuzzing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** NumPy arrays and archives. */
public final class ArrayFuzz {
  private static final Sandbox SANDBOX = new Sandbox();

  private static final int LONGEST_NAME = 100;

  private ArrayFuzz() {}

  /** Reads an array; an archive; or a whole archive of one array under several names. */
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

  /** An archive that holds the array under each of the names, which commas separate. */
  private static byte[] archive(byte[] names, byte[] array) throws IOException {
    Set<String> once = new LinkedHashSet<>();
    for (String name : new String(names, StandardCharsets.ISO_8859_1).split(",")) {
      once.add(name.substring(0, Math.min(name.length(), LONGEST_NAME)));
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (String name : once) {
        zip.putNextEntry(new ZipEntry(name + ".npy"));
        zip.write(array);
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }
}
