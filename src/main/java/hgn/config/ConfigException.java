package hgn.config;

import hgn.files.OneLine;

/**
 * Thrown for an invalid configuration. The message is one line that names the key, the value and
 * the allowed values.
 */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** The keys of a section fit into it. */
  private static final int LONGEST = 1500;

  /** Replaces line breaks and control characters in the message by blanks. */
  public ConfigException(String message) {
    super(OneLine.of(message, LONGEST));
  }
}
