package hgn.config;

/**
 * A configuration that cannot be used. The message is one line that names the key, the value and
 * what is allowed.
 */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** The message, line breaks and control characters made blanks. */
  public ConfigException(String message) {
    super(message.replaceAll("[\\s\\p{Cntrl}]+", " ").strip());
  }
}
