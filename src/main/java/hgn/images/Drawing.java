package hgn.images;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drawing where a part of the JDK may be missing: a small container often has neither fonts nor the
 * libraries that Java draws with.
 */
public final class Drawing {
  private static final Logger LOG = LoggerFactory.getLogger(Drawing.class);
  private static final AtomicBoolean SAID = new AtomicBoolean();

  private Drawing() {}

  /**
   * Draws.
   *
   * @throws UndrawableException if this machine's Java cannot
   */
  public static <T> T made(Supplier<T> drawing) {
    try {
      return drawing.get();
    } catch (LinkageError | InternalError missing) {
      throw undrawable(missing);
    }
  }

  /**
   * Writes a picture as a PNG.
   *
   * @throws UndrawableException if this machine's Java cannot draw it
   * @throws hgn.files.StorageException if it cannot be written
   */
  public static void write(Path file, Supplier<BufferedImage> drawing) {
    made(() -> Png.write(file, drawing.get()));
  }

  /**
   * Makes a picture that its command can do without. Where it cannot be drawn, a line on the log
   * says so, once in the life of this process.
   *
   * @return whether it was drawn
   */
  public static boolean attempt(Runnable picture) {
    try {
      made(
          () -> {
            picture.run();
            return null;
          });
      return true;
    } catch (UndrawableException reason) {
      warn(reason.getMessage());
      return false;
    }
  }

  /**
   * What to say of an error that a missing part of java.desktop caused, when drawing or reading a
   * picture; empty for any other error.
   */
  public static Optional<String> missing(Throwable error) {
    String reason = reason(error).replace('/', '.');
    boolean isIt =
        error instanceof LinkageError
            && Stream.of("java.awt.", "javax.imageio.", "sun.awt.", "libawt")
                .anyMatch(reason::contains);
    return isIt ? Optional.of(undrawable(error).getMessage()) : Optional.empty();
  }

  static void warn(String message) {
    if (SAID.compareAndSet(false, true)) {
      LOG.warn("warning: {}", message);
    }
  }

  static UndrawableException undrawable(Throwable error) {
    return new UndrawableException(
        "no pictures: Java cannot draw here ("
            + reason(error)
            + "); take a Java with the module java.desktop, and "
            + Lettering.REMEDY,
        error);
  }

  /** What the innermost cause says, on one line. */
  static String reason(Throwable error) {
    Throwable innermost = error;
    while (innermost.getCause() != null) {
      innermost = innermost.getCause();
    }
    String message = innermost.getMessage();
    String name = innermost.getClass().getSimpleName();
    return message == null ? name : name + ": " + message.lines().findFirst().orElse("").strip();
  }
}
