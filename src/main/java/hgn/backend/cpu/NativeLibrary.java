package hgn.backend.cpu;

import hgn.files.BundledLibrary;
import hgn.files.CodeFolders;
import hgn.files.NativeAccess;
import hgn.files.StorageException;
import hgn.tensor.DeviceNotFoundException;
import java.io.IOException;
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
      if (named == null) {
        library.load(CodeFolders.ofThisProcess(), NativeLibrary::load);
      } else if (Files.isRegularFile(named)) {
        loadFile(library, named);
      } else if (Files.isRegularFile(named.resolve(library.name()))) {
        loadFile(library, named.resolve(library.name()));
      } else {
        library.load(CodeFolders.ofThisProcess(), NativeLibrary::load);
      }
    } catch (IllegalCallerException refusal) {
      throw NativeAccess.refused(NativeLibrary.class, refusal);
    }
  }

  private static void load(Path file) {
    System.load(file.toString());
  }

  /** Loads a file that stays where it is; it must be this program's own library. */
  private static void loadFile(BundledLibrary library, Path file) {
    try {
      if (!library.isIn(file)) {
        throw new UnsupportedOperationException(
            file + " is the library of another version; unpack " + RESOURCE + " of this jar there");
      }
      load(file);
    } catch (IOException failure) {
      throw new UnsupportedOperationException(
          file
              + ": "
              + StorageException.reason(failure)
              + "; name a file that can be read with -D"
              + CodeFolders.PROPERTY,
          failure);
    } catch (UnsatisfiedLinkError failure) {
      throw new UnsupportedOperationException(
          "the native library does not load: "
              + failure.getMessage()
              + "; name a file from which code may be run with -D"
              + CodeFolders.PROPERTY,
          failure);
    }
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
