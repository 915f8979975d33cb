package hgn.backend.cpu;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Loads the native library from the program's resources. */
final class NativeLibrary {
  private NativeLibrary() {}

  /**
   * Copies the library to a directory of its own, which is deleted when the program ends, and loads
   * it.
   *
   * @throws UnsupportedOperationException if there is no library for this system, or it does not
   *     load
   */
  static void load() {
    String resource = "/native/" + platform() + "/libhgn4j.so";
    try (InputStream library = NativeLibrary.class.getResourceAsStream(resource)) {
      if (library == null) {
        throw new UnsupportedOperationException(
            "this build has no native library for "
                + platform()
                + "; build it there, with cmake and a C++17 compiler installed");
      }
      System.load(extract(library).toString());
    } catch (IOException failure) {
      throw new UnsupportedOperationException(
          "the native library could not be copied to "
              + System.getProperty("java.io.tmpdir")
              + " ("
              + failure
              + "); point -Djava.io.tmpdir to a writable directory",
          failure);
    } catch (UnsatisfiedLinkError failure) {
      throw new UnsupportedOperationException(
          "the native library does not load: "
              + failure.getMessage()
              + "; point -Djava.io.tmpdir to a directory from which code may be run",
          failure);
    }
  }

  private static Path extract(InputStream library) throws IOException {
    Path directory = Files.createTempDirectory("hgn4j");
    directory.toFile().deleteOnExit();
    Path file = directory.resolve("libhgn4j.so");
    file.toFile().deleteOnExit(); // deletions run in reverse order of registration
    Files.copy(library, file);
    return file;
  }

  /** Operating system and architecture, as the build names its output. */
  static String platform() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT).replace(" ", "");
    String arch = System.getProperty("os.arch");
    return os + "-" + (arch.equals("amd64") ? "x86_64" : arch);
  }
}
