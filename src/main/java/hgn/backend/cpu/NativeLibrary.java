package hgn.backend.cpu;

import hgn.tensor.DeviceNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Loads the native library from the program's resources. */
final class NativeLibrary {
  private static final String RESOURCE = "/native/linux-x86_64/libhgn4j.so";

  private NativeLibrary() {}

  /**
   * Copies the library to a directory of its own, which is deleted when the program ends, and loads
   * it.
   *
   * @throws UnsupportedOperationException if the build left it out, or it does not load
   */
  static void load() {
    try (InputStream library = NativeLibrary.class.getResourceAsStream(RESOURCE)) {
      if (library == null) {
        throw new UnsupportedOperationException(
            "this build has no native library; build it where cmake and a C++17 compiler are");
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

  /**
   * Refuses systems and processors that the library is not written for.
   *
   * @param os as Java's property {@code os.name}
   * @param arch as Java's property {@code os.arch}
   * @throws DeviceNotFoundException on any but Linux on x86-64
   */
  static void requirePlatform(String os, String arch) {
    if (!os.equals("Linux") || !arch.equals("amd64")) {
      throw new DeviceNotFoundException(
          "there is native code for Linux on x86-64 only, this is "
              + (os + " on " + arch)
              + "; the backend jvm runs everywhere");
    }
  }
}
