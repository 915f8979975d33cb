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

  /** Ranks that have not been heard of since this process last stood still for too long itself. */
  private final BitSet missed = new BitSet();

  private long last;

  /**
   * Begins to wait for all ranks.
   *
   * @param patience how long a rank may be silent
   * @param pause between two calls of {@link #tick}, from which on this process itself has stood
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
    missed.clear(rank);
  }

  /** A rank will not be heard of again, and need not be. */
  void dismiss(int rank) {
    gone.set(rank);
    missed.clear(rank);
  }

  /** Whether a rank has been {@linkplain #dismiss dismissed}. */
  boolean isDismissed(int rank) {
    return gone.get(rank);
  }

  /**
   * To be called often, before the ranks are listened to: notices where this process stood still.
   */
  void tick(long now) {
    long gap = now - last;
    last = now;
    if (gap > pause) {
      for (int rank = 0; rank < heard.length; rank++) {
        heard[rank] += gap;
      }
    }
    if (gap > patience) {
      missed.set(0, heard.length);
      missed.andNot(gone);
    }
  }

  /** The first rank whose silence has lasted too long. */
  OptionalInt silent(long now) {
    for (int rank = 0; rank < heard.length; rank++) {
      if (!gone.get(rank) && now - heard[rank] > patience) {
        return OptionalInt.of(rank);
      }
    }
    return OptionalInt.empty();
  }

  /**
   * Whether this process has itself stood still for so long that others must have lost it, and not
   * heard of all of them since.
   */
  boolean wasAway() {
    return !missed.isEmpty();
  }
}
