package hgn.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import hgn.text.Decimal;

/**
 * Number of frames that a training step decodes at once.
 *
 * @param count the number; 0 means all frames, and a negative one as many as suit the backend
 */
public record FramesAtOnce(int count) implements TextSetting {
  private static final String AUTO = "auto";

  /**
   * Parses a whole number, or {@code auto}.
   *
   * @throws IllegalArgumentException if the text is neither; the message lists what is allowed
   */
  @JsonCreator
  public static FramesAtOnce parse(String text) {
    if (text.equals(AUTO)) {
      return new FramesAtOnce(-1);
    }
    return Decimal.parseLong(text)
        .filter(count -> count >= 0 && count <= Integer.MAX_VALUE)
        .map(count -> new FramesAtOnce(count.intValue()))
        .orElseThrow(
            () ->
                new IllegalArgumentException("a whole number from 0 (all frames) on, or " + AUTO));
  }

  /** Whether the backend decides. */
  public boolean isAuto() {
    return count < 0;
  }

  /** Returns the number, or {@code auto}. */
  @Override
  public String toString() {
    return isAuto() ? AUTO : Integer.toString(count);
  }
}
