package hgn.ranks.mpi;

import java.util.Arrays;
import java.util.BitSet;
import java.util.OptionalInt;

/**
 * Which ranks have been heard of lately. Times are those of {@link System#nanoTime}, in
 * nanoseconds.
 */
final class Liveness {
  private final long patience;
  private final long pause;
  private final long[] heard;
  private final BitSet gone = new BitSet();
  private long last;

  /**
   * Begins to wait for all ranks.
   *
   * @param patience how long a rank may be silent
   * @param pause between two calls of {@link #look}, from which on this process itself has stood
   *     still, so that nobody's silence counts
   */
  Liveness(int ranks, long patience, long pause, long now) {
    this.patience = patience;
    this.pause = pause;
    this.heard = new long[ranks];
    Arrays.fill(heard, now);
    last = now;
  }

  /** A rank has been heard of. */
  void hear(int rank, long now) {
    heard[rank] = now;
  }

  /** A rank will not be heard of again, and need not be. */
  void dismiss(int rank) {
    gone.set(rank);
  }

  /** Whether a rank has been {@linkplain #dismiss dismissed}. */
  boolean isDismissed(int rank) {
    return gone.get(rank);
  }

  /** The first rank whose silence has lasted too long; to be called often. */
  OptionalInt look(long now) {
    long gap = now - last;
    last = now;
    if (gap > pause) {
      for (int rank = 0; rank < heard.length; rank++) {
        heard[rank] += gap;
      }
    }
    for (int rank = 0; rank < heard.length; rank++) {
      if (!gone.get(rank) && now - heard[rank] > patience) {
        return OptionalInt.of(rank);
      }
    }
    return OptionalInt.empty();
  }
}
