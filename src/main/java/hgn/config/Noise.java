package hgn.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import hgn.frames.RolloutGenerator;

/**
 * Standard deviation of the noise on states before they are drawn.
 *
 * @param deviation in the units of the states; NaN stands for the system's own
 */
public record Noise(double deviation) implements Written {
  private static final String SYSTEM = "system";
  private static final double MOST = 1e6;

  /** That of the system, as its renderer shows it. */
  public static final Noise OF_SYSTEM = new Noise(Double.NaN);

  /**
   * A number of at least 0, or {@code system}.
   *
   * @throws IllegalArgumentException if it is neither; the message says what is allowed
   */
  @JsonCreator
  public static Noise parse(String text) {
    if (text.equals(SYSTEM)) {
      return OF_SYSTEM;
    }
    try {
      double deviation = Double.parseDouble(text);
      if (deviation >= 0 && deviation <= MOST) {
        return new Noise(deviation);
      }
    } catch (NumberFormatException notOne) {
      // said below
    }
    throw new IllegalArgumentException("a number of at least 0, or " + SYSTEM);
  }

  /** The same rollouts with this noise. */
  public RolloutGenerator on(RolloutGenerator rollouts) {
    return isOfSystem() ? rollouts : rollouts.withNoise(deviation);
  }

  private boolean isOfSystem() {
    return Double.isNaN(deviation);
  }

  /** The number, or {@code system}. */
  @Override
  public String toString() {
    return isOfSystem() ? SYSTEM : Double.toString(deviation);
  }
}
