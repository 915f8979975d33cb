package hgn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.testing.Throws;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class DecodedTimesTest {
  /** For any window, times ascend, lie within it and eventually cover all of it. */
  @Property(tries = 200)
  void timesLieInTheWindowAndTheReachGrows(
      @ForAll @IntRange(min = 1, max = 30) int out,
      @ForAll @IntRange(max = 12) int past,
      @ForAll @IntRange(min = 1, max = 30) int count,
      @ForAll boolean row,
      @ForAll @IntRange(max = 40) int widening) {
    Window window = new Window(5, 4, out).withPast(past);
    int decoded = Math.min(count, window.times());
    DecodedTimes times = new DecodedTimes(decoded, row, widening);
    int before = 0;
    for (int step = 0; step < 60; step++) {
      int[] chosen = times.at(step, window, 3);
      assertEquals(decoded, chosen.length);
      for (int i = 0; i < decoded; i++) {
        assertTrue(chosen[i] >= window.firstTime() && chosen[i] <= window.ahead());
        assertTrue(i == 0 || chosen[i] > chosen[i - 1]);
        assertTrue(!row || i == 0 || chosen[i] == chosen[i - 1] + 1);
      }
      int reach = reach(times, window, step);
      assertTrue(reach >= before);
      before = reach;
    }
    assertEquals(window.times(), before);
  }

  /** Number of times that a step can draw, over all seeds. */
  private static int reach(DecodedTimes times, Window window, long step) {
    int least = Integer.MAX_VALUE;
    int most = Integer.MIN_VALUE;
    for (long seed = 0; seed < 400; seed++) {
      int[] chosen = times.at(step, window, seed);
      least = Math.min(least, chosen[0]);
      most = Math.max(most, chosen[chosen.length - 1]);
    }
    return most - least + 1;
  }

  @Test
  void itWidensAheadFirstAndThenBack() {
    Window window = Window.fromMiddle(30);
    DecodedTimes times = new DecodedTimes(4, false, 100);
    assertArrayEquals(new int[] {0, 1, 2, 3}, times.at(0, window, 1));
    for (int step = 0; step < 50; step++) {
      for (int time : times.at(step, window, step)) {
        assertTrue(time >= 0 && time <= 3 + 0.3 * step, "time " + time + " at step " + step);
      }
    }
    assertTrue(times.at(90, window, 1)[0] < -5);
  }

  @Test
  void moreThanThereAreAreRefused() {
    Throws.naming(
        IllegalArgumentException.class,
        () -> DecodedTimes.spread(9).requireIn(new Window(2, 1, 8)),
        "9 frames",
        "of 8");
  }
}
