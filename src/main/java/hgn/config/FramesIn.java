package hgn.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import hgn.text.Decimal;

/**
 * Number of frames that the encoder sees.
 *
 * @param count the number; 0 means all frames of the rollout
 */
public record FramesIn(int count) implements TextSetting {
  private static final String ALL = "all";
  private static final int MOST = 9999;

  /**
   * Parses a whole number from 1 to 9999, or {@code all}.
   *
   * @throws IllegalArgumentException if the text is neither; the message lists what is allowed
   */
  @JsonCreator
  public static FramesIn parse(String text) {
    if (text.equals(ALL)) {
      return new FramesIn(0);
    }
    return Decimal.parseLong(text)
        .filter(count -> count >= 1 && count <= MOST)
        .map(count -> new FramesIn(count.intValue()))
        .orElseThrow(
            () -> new IllegalArgumentException("a whole number from 1 to " + MOST + ", or " + ALL));
  }

  /** Whether the encoder sees every frame that the decoder reconstructs. */
  public boolean isAll() {
    return count == 0;
  }

  /** Returns the number, or {@code all}. */
  @Override
  public String toString() {
    return isAll() ? ALL : Integer.toString(count);
  }
}
