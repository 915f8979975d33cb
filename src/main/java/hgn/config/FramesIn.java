package hgn.config;

import com.fasterxml.jackson.annotation.JsonCreator;

/**
 * Number of frames that the encoder sees.
 *
 * @param count the number; 0 means all frames of the rollout
 */
public record FramesIn(int count) implements TextSetting {
  private static final String ALL = "all";

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
    if (!text.matches("[1-9][0-9]{0,3}")) {
      throw new IllegalArgumentException("a whole number from 1 to 9999, or " + ALL);
    }
    return new FramesIn(Integer.parseInt(text));
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
