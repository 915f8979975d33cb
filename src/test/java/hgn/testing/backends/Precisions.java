package hgn.testing.backends;

import hgn.tensor.Precision;

/** Configures a precision temporarily. */
public final class Precisions {
  private Precisions() {}

  /** Runs {@code work} in this precision, and restores the previous one. */
  public static void in(Precision precision, Runnable work) {
    try (Precision.Entered entered = precision.enter()) {
      work.run();
    }
  }
}
