package hgn.safetensors;

import hgn.files.OneLine;
import java.nio.file.Path;

/**
 * Thrown for a checkpoint that cannot be used: missing, truncated, of another program or another
 * model. The message is one line that names the file, the problem and the remedy.
 */
public final class CheckpointException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Creates the message {@code file: problem; remedy} without control characters. */
  public CheckpointException(Path file, String problem, String remedy) {
    super(OneLine.of("checkpoint " + file + ": " + problem + "; " + remedy));
  }

  /** As above, with a cause. */
  public CheckpointException(Path file, String problem, String remedy, Throwable cause) {
    this(file, problem, remedy);
    initCause(cause);
  }
}
