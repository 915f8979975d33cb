package hgn.explore;

import hgn.files.OneLine;

/** A request that cannot be answered; the message is one line for the user. */
final class RequestException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The request makes no sense. */
  static final int BAD_REQUEST = 400;

  /** The request comes from elsewhere. */
  static final int FORBIDDEN = 403;

  /** There is no such page, run or clip. */
  static final int NOT_FOUND = 404;

  /** Only GET and HEAD are answered. */
  static final int METHOD_NOT_ALLOWED = 405;

  /** Requests come faster than anyone can look. */
  static final int TOO_MANY = 429;

  /** What was asked for takes a program that this machine does not have. */
  static final int NOT_IMPLEMENTED = 501;

  /** Other requests are being answered. */
  static final int BUSY = 503;

  private final int status;

  RequestException(int status, String message) {
    super(OneLine.of(message));
    this.status = status;
  }

  /** Returns the HTTP status. */
  int status() {
    return status;
  }
}
