package hgn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import hgn.tensor.Shape;
import hgn.testing.Throws;
import org.junit.jupiter.api.Test;

/** Checks the position of every value of the rollouts; each value encodes its position. */
class BatchTest {
  private static final int SIZE = 4;
  private static final int COLOURS = 3;

  private static float code(int n, int t, int y, int x, int c) {
    return (((n * 10 + t) * 10 + y) * 10 + x) * 10 + c; // below 2^24, so exact
  }

  private static float[][] films(int count, int frames) {
    float[][] films = new float[count][frames * SIZE * SIZE * COLOURS];
    for (int n = 0; n < count; n++) {
      int i = 0;
      for (int t = 0; t < frames; t++) {
        for (int y = 0; y < SIZE; y++) {
          for (int x = 0; x < SIZE; x++) {
            for (int c = 0; c < COLOURS; c++) {
              films[n][i++] = code(n, t, y, x, c);
            }
          }
        }
      }
    }
    return films;
  }

  private static void assertLayout(int count, Window window, int[] times) {
    float[][] films = films(count, window.rolloutFrames());
    Batch batch = Batch.of(films, SIZE, COLOURS, window, times);
    assertEquals(Shape.of(count, SIZE, SIZE, window.framesIn() * COLOURS), batch.clipShape());
    assertEquals(Shape.of(times.length * count, SIZE, SIZE, COLOURS), batch.targetShape());
    int clip = 0;
    int target = 0;
    for (int n = 0; n < count; n++) {
      for (int y = 0; y < SIZE; y++) {
        for (int x = 0; x < SIZE; x++) {
          for (int t = 0; t < window.framesIn(); t++) {
            for (int c = 0; c < COLOURS; c++) {
              assertEquals(code(n, window.past() + t, y, x, c), batch.clips()[clip++]);
            }
          }
        }
      }
    }
    for (int time : times) {
      for (int n = 0; n < count; n++) {
        for (int y = 0; y < SIZE; y++) {
          for (int x = 0; x < SIZE; x++) {
            for (int c = 0; c < COLOURS; c++) {
              int t = window.past() + window.start() + time;
              assertEquals(code(n, t, y, x, c), batch.targets()[target++]);
            }
          }
        }
      }
    }
    assertEquals(batch.clipShape().count(), clip);
    assertEquals(batch.targetShape().count(), target);
  }

  @Test
  void clipsStackFramesOnChannelsAndTargetsStartAtTheInferredFrame() {
    assertLayout(3, Window.fromLast(3, 4), new int[] {0, 1, 2, 3});
    assertLayout(2, new Window(5, 0, 5), new int[] {0, 1, 2, 3, 4});
    assertLayout(1, Window.fromLast(1, 1), new int[] {0});
    assertLayout(2, new Window(5, 1, 2), new int[] {0, 1});
  }

  @Test
  void aSubsetOfTheTimesMayBeGivenBack() {
    assertLayout(3, Window.fromLast(3, 6), new int[] {0, 2, 5});
    assertLayout(2, new Window(5, 0, 5), new int[] {4});
  }

  @Test
  void timesBeforeTheInferredFrameReachIntoThePast() {
    Window window = Window.fromLast(3, 4).withPast(2);
    assertEquals(-4, window.firstTime());
    assertEquals(8, window.times());
    assertEquals(8, window.rolloutFrames());
    assertLayout(2, window, new int[] {-4, -1, 0, 3});
    assertLayout(2, window, new int[] {-3});
    Throws.naming(
        IllegalArgumentException.class, () -> window.withPast(-1), "[window]", "-1 frames");
  }

  @Test
  void allTimesAreTheDefault() {
    Batch batch = Batch.of(films(2, 6), SIZE, COLOURS, Window.fromLast(3, 4));
    assertArrayEquals(new int[] {0, 1, 2, 3}, batch.times());
    assertEquals(2, batch.size());
  }

  @Test
  void aRolloutMustLastForBothEnds() {
    assertEquals(6, Window.fromLast(3, 4).rolloutFrames());
    assertEquals(5, new Window(5, 0, 5).rolloutFrames());
    assertEquals(5, new Window(5, 1, 2).rolloutFrames(), "more is seen than decoded");
    assertEquals(30, Window.fromLast(1, 30).rolloutFrames());
  }

  @Test
  void windowsThatSeeOrDecodeNothingAreRefused() {
    Class<IllegalArgumentException> argument = IllegalArgumentException.class;
    Throws.naming(argument, () -> new Window(0, 0, 1), "[window]", "0");
    Throws.naming(argument, () -> new Window(3, 3, 1), "[window]", "frame 3", "3");
    Throws.naming(argument, () -> new Window(3, -1, 1), "[window]", "-1");
    Throws.naming(argument, () -> Window.fromLast(3, 0), "[window]", "0 frames to decode");
  }
}
