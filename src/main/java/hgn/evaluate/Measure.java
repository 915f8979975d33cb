package hgn.evaluate;

import hgn.predict.Estimate;
import java.util.function.Supplier;

/**
 * One thing to measure of a model.
 *
 * @param key by which it is stored
 * @param label what it is, in words
 * @param unit how to print it
 * @param score measures it
 */
public record Measure(String key, String label, Unit unit, Supplier<Estimate> score) {
  /** How numbers are to be read. */
  public enum Unit {
    /** Mean squared error of a pixel, printed times 10^4. */
    ERROR,
    /** A part of 1. */
    SHARE,
    /** Seconds. */
    SECONDS,
    /** Anything else. */
    NUMBER
  }
}
