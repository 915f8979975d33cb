package hgn.backend.cpu;

import hgn.files.BundledLibrary;
import hgn.files.CodeFolders;
import hgn.files.NativeAccess;
import hgn.tensor.DeviceNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Loads the native library from the program's resources, or from a file with the same content. */
final class NativeLibrary {
  private static final String RESOURCE = "/native/linux-x86_64/libhgn4j.so";

  private NativeLibrary() {}

  /**
   * Loads the library.
   *
   * @throws UnsupportedOperationException if the build left it out, or it does not load
   */
  static void load() {
    BundledLibrary library =
        BundledLibrary.of(
            NativeLibrary.class,
            RESOURCE,
            "this build has no native library; build it where cmake and a C++17 compiler are");
    try {
      Path named = CodeFolders.named().orElse(null);
      if (named != null && Files.isRegularFile(named)) {
        library.loadFile(named, NativeLibrary::load);
      } else {
        library.load(NativeLibrary::load);
      }
    } catch (IllegalCallerException refusal) {
      throw NativeAccess.refused(NativeLibrary.class, refusal);
    }
  }

  private static void load(Path file) {
    System.load(file.toString());
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
