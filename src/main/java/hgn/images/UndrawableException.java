package hgn.images;

/** A picture that this machine's Java cannot draw; the message names the packages to install. */
public final class UndrawableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Creates it for what the JDK threw. */
  UndrawableException(String message, Throwable cause) {
    super(message, cause);
  }
}
