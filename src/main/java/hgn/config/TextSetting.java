package hgn.config;

import com.fasterxml.jackson.annotation.JsonValue;

/** A setting of its own type that stands in a configuration as the text of {@link #toString}. */
sealed interface TextSetting permits FramesAtOnce, FramesIn, Noise {
  @JsonValue
  @Override
  String toString();
}
