package hgn.evaluate;

import hgn.predict.Estimate;
import java.util.function.Supplier;

/**
 * One measure of a model.
 *
 * @param key storage key
 * @param label description
 * @param unit how to print the value
 * @param score computes the value
 */
public record Measure(String key, String label, Unit unit, Supplier<Estimate> score) {
  /** Units of values. */
  public enum Unit {
    /** Mean squared error per pixel, printed times 10^4. */
    ERROR,
    /** A fraction. */
    SHARE,
    /** Seconds. */
    SECONDS,
    /** Anything else. */
    NUMBER
  }
}
