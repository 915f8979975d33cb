package hgn.tensor;

/** The number of threads that the backends on the host use. */
public final class HostThreads {
  /** System property that sets the number; the default is one thread per processor. */
  public static final String PROPERTY = "hgn.threads";

  private HostThreads() {}

  /**
   * The configured number.
   *
   * @throws IllegalArgumentException if the property is not a number of at least 1
   */
  public static int configured() {
    String text = System.getProperty(PROPERTY);
    return text == null ? Runtime.getRuntime().availableProcessors() : parse(text);
  }

  private static int parse(String text) {
    if (!text.matches("[1-9][0-9]{0,3}")) {
      throw new IllegalArgumentException(
          "[threads] -D" + PROPERTY + "=" + text + " must be a number from 1 to 9999");
    }
    return Integer.parseInt(text);
  }
}
