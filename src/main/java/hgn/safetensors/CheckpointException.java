package hgn.safetensors;

import hgn.files.OneLine;
import java.nio.file.Path;

/**
 * A checkpoint that cannot be used: missing, truncated, foreign or made for another model. The
 * message is one line that names the file, what is wrong with it and the remedy.
 */
public final class CheckpointException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** {@code file: problem; remedy}, with control characters taken out. */
  public CheckpointException(Path file, String problem, String remedy) {
    super(OneLine.of("checkpoint " + file + ": " + problem + "; " + remedy));
  }

  /** The same, with what caused it. */
  public CheckpointException(Path file, String problem, String remedy, Throwable cause) {
    this(file, problem, remedy);
    initCause(cause);
  }
}
