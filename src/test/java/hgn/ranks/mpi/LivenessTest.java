package hgn.ranks.mpi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class LivenessTest {
  private static final long PATIENCE = 12;
  private static final long PAUSE = 3;

  private final Liveness liveness = new Liveness(3, PATIENCE, PAUSE, 100);

  /** Looks at each time up to {@code until}; a rank is heard at every time. */
  private OptionalInt lookUntil(long from, long until, int... heard) {
    OptionalInt lost = OptionalInt.empty();
    for (long now = from; now <= until; now++) {
      liveness.tick(now);
      for (int rank : heard) {
        liveness.hear(rank, now);
      }
      lost = liveness.silent(now);
    }
    return lost;
  }

  @Test
  void whoIsSilentTooLongIsLost() {
    assertEquals(OptionalInt.empty(), lookUntil(101, 112, 0, 1));
    assertEquals(OptionalInt.of(2), lookUntil(113, 113, 0, 1));
  }

  @Test
  void whoIsSlowIsNot() {
    assertEquals(OptionalInt.empty(), lookUntil(101, 111, 0, 1));
    liveness.hear(2, 111);
    assertEquals(OptionalInt.empty(), lookUntil(112, 123, 0, 1));
  }

  @Test
  void silenceWhileThisProcessStoodStillDoesNotCount() {
    lookUntil(101, 105, 0, 1, 2);
    assertEquals(OptionalInt.empty(), lookUntil(1000, 1000));
    assertEquals(OptionalInt.empty(), lookUntil(1001, 1012));
    assertEquals(OptionalInt.of(0), lookUntil(1013, 1013));
  }

  @Test
  void whoHasLeftIsNotMissed() {
    liveness.dismiss(2);
    assertEquals(OptionalInt.empty(), lookUntil(101, 200, 0, 1));
  }

  @Test
  void whoStoodStillTooLongKnowsThatOthersMissedIt() {
    lookUntil(101, 105, 0, 1, 2);
    liveness.tick(116);
    assertFalse(liveness.wasAway());
    liveness.tick(129);
    assertTrue(liveness.wasAway());
    liveness.hear(0, 130);
    liveness.dismiss(1);
    assertTrue(liveness.wasAway());
    liveness.hear(2, 131);
    assertFalse(liveness.wasAway());
  }
}
