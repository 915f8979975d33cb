package hgn.config;

import hgn.files.OneLine;

/**
 * Thrown for an invalid configuration. The message is one line that names the key, the value and
 * the allowed values.
 */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Replaces line breaks and control characters in the message by blanks. */
  public ConfigException(String message) {
    super(OneLine.whole(message));
  }
}
