package hgn.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * A shared library among the program's resources. It is unpacked for the moment of loading only:
 * once loaded it needs no file, so none is left behind, however the program ends.
 */
public final class BundledLibrary {
  private final String resource;
  private final String name;
  private final byte[] bytes;

  private BundledLibrary(String resource, byte[] bytes) {
    this.resource = resource;
    this.name = resource.substring(resource.lastIndexOf('/') + 1);
    this.bytes = bytes;
  }

  /**
   * The library at {@code resource}, beginning with a slash, beside {@code program}.
   *
   * @throws UnsupportedOperationException with {@code absent} as its message if this build has none
   */
  public static BundledLibrary of(Class<?> program, String resource, String absent) {
    try (InputStream in = program.getResourceAsStream(resource)) {
      if (in == null) {
        throw new UnsupportedOperationException(absent);
      }
      return new BundledLibrary(resource, in.readAllBytes());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** The file's name. */
  public String name() {
    return name;
  }

  /**
   * Whether {@code file} is this very library.
   *
   * @throws IOException if it cannot be read
   */
  public boolean isIn(Path file) throws IOException {
    return Files.size(file) == bytes.length && Arrays.equals(Files.readAllBytes(file), bytes);
  }

  /**
   * Loads the library from the folder that {@link CodeFolders} names, if it is there, or unpacks
   * it.
   *
   * @throws UnsupportedOperationException if it cannot be loaded; the message says why
   */
  public void load(Consumer<Path> loader) {
    Path there = CodeFolders.ofThisProcess().get(0).resolve(name);
    if (CodeFolders.named().isPresent() && Files.isRegularFile(there)) {
      loadFile(there, loader);
    } else {
      load(CodeFolders.ofThisProcess(), loader);
    }
  }

  /**
   * Loads a file that stays where it is; it must be this very library.
   *
   * @throws UnsupportedOperationException if it is not, or cannot be loaded
   */
  public void loadFile(Path file, Consumer<Path> loader) {
    try {
      if (!isIn(file)) {
        throw new UnsupportedOperationException(
            file + " is the library of another version; unpack " + resource + " of this jar there");
      }
      loader.accept(file);
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
   * Unpacks the library into a {@link PrivateFolder} in the first of {@code folders} from which
   * {@code loader} can load it.
   *
   * @throws UnsupportedOperationException if there is none; the message says why for each
   */
  public void load(List<Path> folders, Consumer<Path> loader) {
    List<String> reasons = new ArrayList<>();
    Throwable last = null;
    for (Path parent : folders) {
      try (PrivateFolder folder = PrivateFolder.in(parent)) {
        loader.accept(Files.write(folder.path().resolve(name), bytes));
        return;
      } catch (IOException failure) {
        reasons.add(parent + " (" + StorageException.reason(failure) + ")");
        last = failure;
      } catch (UnsatisfiedLinkError failure) {
        reasons.add(parent + " (" + reason(failure) + ")");
        last = failure;
      }
    }
    throw new UnsupportedOperationException(
        OneLine.of(
            name
                + " can be loaded from none of "
                + String.join(", ", reasons)
                + "; name a folder of yours from which code may be run with -D"
                + CodeFolders.PROPERTY
                + "=FOLDER"),
        last);
  }

  /** What the linker says behind the file's name. */
  private String reason(UnsatisfiedLinkError failure) {
    String message = String.valueOf(failure.getMessage());
    int file = message.lastIndexOf(name + ": ");
    return file < 0 ? message : message.substring(file + name.length() + 2);
  }
}
