package hgn.cli.console;

import hgn.files.StorageException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Optional;

/**
 * The output of the program. A {@link PrintWriter} hides errors; this keeps the first, such as that
 * of a full disk or a closed pipe, so that a program whose output is lost does not end as if all
 * was well.
 */
public final class StandardOutput {
  private final PrintWriter printer;
  private volatile IOException failure;

  /** Prints to {@code stream} in this encoding. */
  public StandardOutput(OutputStream stream, Charset charset) {
    printer = new PrintWriter(new Watched(stream), true, charset);
  }

  /** Prints to the output. */
  public PrintWriter printer() {
    return printer;
  }

  /** Writes what is pending; returns a line about the first error, if there was one. */
  public Optional<String> failure() {
    printer.flush();
    return Optional.ofNullable(failure)
        .map(
            error ->
                "cannot write all of the output: "
                    + StorageException.reason(error)
                    + "; what is missing was printed nowhere else, so run it again with another output");
  }

  private final class Watched extends OutputStream {
    private final OutputStream stream;

    Watched(OutputStream stream) {
      this.stream = stream;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        stream.write(bytes, offset, length);
      } catch (IOException error) {
        failure = failure == null ? error : failure;
        throw error;
      }
    }
  }
}
