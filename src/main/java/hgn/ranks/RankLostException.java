package hgn.ranks;

/** Thrown if another rank has ended, has failed or no longer answers. The message names it. */
public final class RankLostException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Its message is {@code message}. */
  public RankLostException(String message) {
    super(message);
  }
}
