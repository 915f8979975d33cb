package hgn.config;

import com.fasterxml.jackson.annotation.JsonCreator;

/**
 * How many frames the encoder sees.
 *
 * @param count that many; 0 means all frames of the rollout
 */
public record FramesIn(int count) implements Written {
  private static final String ALL = "all";

  /**
   * A number of at least 1, or {@code all}.
   *
   * @throws IllegalArgumentException if it is neither; the message says what is allowed
   */
  @JsonCreator
  public static FramesIn parse(String text) {
    if (text.equals(ALL)) {
      return new FramesIn(0);
    }
    if (!text.matches("[1-9][0-9]{0,3}")) {
      throw new IllegalArgumentException("a whole number from 1 to 9999, or " + ALL);
    }
    return new FramesIn(Integer.parseInt(text));
  }

  /** Whether the encoder sees every frame that the decoder shall draw. */
  public boolean isAll() {
    return count == 0;
  }

  /** The number, or {@code all}. */
  @Override
  public String toString() {
    return isAll() ? ALL : Integer.toString(count);
  }
}
