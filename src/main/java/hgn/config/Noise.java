package hgn.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import hgn.frames.RolloutGenerator;
import hgn.text.Decimal;

/**
 * Standard deviation of the noise added to states before rendering.
 *
 * @param deviation in the units of the states; NaN means the system's default
 */
public record Noise(double deviation) implements TextSetting {
  private static final String SYSTEM = "system";
  private static final double MOST = 1e6;

  /** The default noise of the system and its renderer. */
  public static final Noise OF_SYSTEM = new Noise(Double.NaN);

  /**
   * Parses a number of at least 0, or {@code system}.
   *
   * @throws IllegalArgumentException if the text is neither; the message lists what is allowed
   */
  @JsonCreator
  public static Noise parse(String text) {
    if (text.equals(SYSTEM)) {
      return OF_SYSTEM;
    }
    return Decimal.parseDouble(text)
        .filter(deviation -> deviation >= 0 && deviation <= MOST)
        .map(deviation -> new Noise(deviation + 0.0)) // no -0
        .orElseThrow(() -> new IllegalArgumentException("a number of at least 0, or " + SYSTEM));
  }

  /** Returns the generator with this noise. */
  public RolloutGenerator on(RolloutGenerator rollouts) {
    return isOfSystem() ? rollouts : rollouts.withNoise(deviation);
  }

  private boolean isOfSystem() {
    return Double.isNaN(deviation);
  }

  /** Returns the number, or {@code system}. */
  @Override
  public String toString() {
    return isOfSystem() ? SYSTEM : Double.toString(deviation);
  }
}
