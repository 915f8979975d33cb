package hgn.peer;

import hgn.bench.Stopwatch;

/**
 * Times of the same work on both sides, which take turns, so that whatever else the machine does
 * meets both alike.
 *
 * @param here hgn4j's
 * @param there the peer's
 */
record Turns(Stopwatch here, Stopwatch there) {
  /** Long enough for a side's idle threads to stop spinning before the other side's turn. */
  private static final long PAUSE_MILLIS = 50;

  /** Times {@code iterations} calls of each after {@code warmup} untimed ones. */
  static Turns take(Runnable here, Runnable there, int warmup, int iterations) {
    double[] ours = new double[iterations];
    double[] theirs = new double[iterations];
    for (int i = -warmup; i < iterations; i++) {
      int slot = Math.max(0, i); // warm-up's times are overwritten
      if (i % 2 == 0) {
        ours[slot] = seconds(here);
        theirs[slot] = seconds(there);
      } else {
        theirs[slot] = seconds(there);
        ours[slot] = seconds(here);
      }
    }
    return new Turns(Stopwatch.of(ours), Stopwatch.of(theirs));
  }

  /** The peer's median over hgn4j's: above 1 where hgn4j is faster. */
  double ratio() {
    return there.median() / here.median();
  }

  /** The same of the least times. */
  double leastRatio() {
    return there.least() / here.least();
  }

  private static double seconds(Runnable work) {
    pause();
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) * 1e-9;
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("[peer] interrupted between two turns", stop);
    }
  }
}
