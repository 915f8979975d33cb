package hgn.frames;

import java.util.Locale;

/**
 * Which data set a rollout belongs to. The split is part of the random generator's counter, so no
 * rollout of one set shares random numbers with any rollout of the other.
 */
public enum Split {
  /** Rollouts for training. */
  TRAIN,
  /** Rollouts for evaluation. */
  TEST;

  /** Random domain of the initial state. */
  int initialStateDomain() {
    return 2 * ordinal();
  }

  /** Random domain of the noise on the frames. */
  int noiseDomain() {
    return 2 * ordinal() + 1;
  }

  /** Random domain of the noise at times that are not those of a rollout's frames. */
  int detourNoiseDomain() {
    return 2 * values().length + ordinal();
  }

  /** The name, {@code train} or {@code test}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
