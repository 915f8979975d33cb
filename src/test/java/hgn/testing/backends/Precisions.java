package hgn.testing.backends;

import hgn.tensor.Precision;

/** Configures a precision temporarily. */
public final class Precisions {
  private Precisions() {}

  /** Runs {@code work} in this precision, and restores the previous one. */
  public static void in(Precision precision, Runnable work) {
    String before = System.getProperty(Precision.PROPERTY);
    System.setProperty(Precision.PROPERTY, precision.toString());
    try {
      work.run();
    } finally {
      if (before == null) {
        System.clearProperty(Precision.PROPERTY);
      } else {
        System.setProperty(Precision.PROPERTY, before);
      }
    }
  }
}
