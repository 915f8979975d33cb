package hgn.tensor;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How a device with tensor units may round the operands of a convolution that need not be
 * {@linkplain Conv2dGeometry#exact exact}. Sums, parameters and everything else stay in the
 * tensors' own precision. Backend {@code jvm} has no such units and ignores it; {@code cpu} has
 * those for {@link #BF16} on processors with AMX, and computes in float32 otherwise.
 */
public enum Precision {
  /** The tensors' own precision: 24 significant bits. */
  FP32,
  /** TensorFloat-32: 11 significant bits, on units that multiply several times as fast. */
  TF32,
  /**
   * bfloat16: 8 significant bits and half the bytes. On a GPU the result of a convolution is
   * rounded to it too, then stored as float32.
   */
  BF16;

  /** System property that sets the precision. */
  public static final String PROPERTY = "hgn.precision";

  /**
   * The configured precision, {@link #TF32} by default; read at every convolution, so that a
   * program can compare precisions.
   *
   * @throws IllegalArgumentException if the property is none of the names
   */
  public static Precision configured() {
    String text = System.getProperty(PROPERTY);
    return text == null ? TF32 : named(text);
  }

  /** The names, as in the configuration. */
  public static List<String> names() {
    return Arrays.stream(values()).map(Precision::toString).toList();
  }

  private static Precision named(String name) {
    return Arrays.stream(values())
        .filter(precision -> precision.toString().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "[precision] -D"
                        + PROPERTY
                        + "="
                        + name
                        + " is none of "
                        + String.join(", ", names())));
  }

  /** Configures this precision until the result is closed, which brings back the one before. */
  public Entered enter() {
    return new Entered(this);
  }

  /** A precision that is configured for a while. */
  public static final class Entered implements AutoCloseable {
    private final String before = System.getProperty(PROPERTY);

    private Entered(Precision precision) {
      System.setProperty(PROPERTY, precision.toString());
    }

    @Override
    public void close() {
      if (before == null) {
        System.clearProperty(PROPERTY);
      } else {
        System.setProperty(PROPERTY, before);
      }
    }
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
