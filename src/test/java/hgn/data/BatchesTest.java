package hgn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.frames.Split;
import hgn.testing.FakeRenderer;
import hgn.testing.Throws;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchesTest {
  private static final Window WINDOW = Window.fromLast(2, 6);
  private static final int ROLLOUTS = 14;
  private static final int SIZE = 3;
  private static final int STEPS_PER_EPOCH = 4;

  private static BatchMaker maker() {
    return maker(new FakeRenderer(2));
  }

  private static BatchMaker maker(FakeRenderer renderer) {
    return BatchMaker.ofFrames(renderer.rollouts(WINDOW.rolloutFrames(), Split.TRAIN), WINDOW);
  }

  private static Batches batches(long seed, long firstStep, int threads) {
    return new Batches(maker(), SIZE, ROLLOUTS, 2, seed, firstStep, threads);
  }

  private static List<Batch> take(long seed, long firstStep, int threads, int count) {
    List<Batch> taken = new ArrayList<>();
    try (Batches batches = batches(seed, firstStep, threads)) {
      for (int i = 0; i < count; i++) {
        taken.add(batches.next());
      }
    }
    return taken;
  }

  @Test
  void timesInARowStartAnywhereInTheWindow() {
    Window window = WINDOW.withPast(2);
    BatchMaker maker =
        BatchMaker.ofFrames(
            new FakeRenderer(2).rollouts(window.rolloutFrames(), Split.TRAIN), window);
    Set<Integer> starts = new TreeSet<>();
    List<int[]> taken = new ArrayList<>();
    try (Batches batches =
        new Batches(maker, SIZE, ROLLOUTS, new DecodedTimes(3, true, 0), 1, 0, 2)) {
      for (int i = 0; i < 80; i++) {
        int[] times = batches.next().times();
        taken.add(times);
        assertArrayEquals(new int[] {times[0], times[0] + 1, times[0] + 2}, times);
        starts.add(times[0]);
      }
    }
    // the window has times -3 to 5
    assertEquals(Set.of(-3, -2, -1, 0, 1, 2, 3), starts);
    try (Batches later =
        new Batches(maker, SIZE, ROLLOUTS, new DecodedTimes(3, true, 0), 1, 50, 1)) {
      assertArrayEquals(taken.get(50), later.next().times());
    }
  }

  private static void assertSameBatches(List<Batch> expected, List<Batch> actual) {
    assertEquals(expected.size(), actual.size());
    for (int i = 0; i < expected.size(); i++) {
      assertArrayEquals(expected.get(i).clips(), actual.get(i).clips(), "clips " + i);
      assertArrayEquals(expected.get(i).targets(), actual.get(i).targets(), "targets " + i);
      assertArrayEquals(expected.get(i).times(), actual.get(i).times(), "times " + i);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void theWorkersChangeNothing(int threads) {
    assertSameBatches(take(1, 0, 2, 20), take(1, 0, threads, 20));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4, 5, 11, 12})
  void startingAtAStepGivesWhatRunningUpToItGives(int step) {
    List<Batch> all = take(1, 0, 2, 16);
    assertSameBatches(all.subList(step, 16), take(1, step, 2, 16 - step));
  }

  @Test
  void everyEpochVisitsEveryRolloutAtMostOnceInAnOrderOfItsOwn() {
    Map<String, Integer> known = new HashMap<>();
    for (int index = 0; index < ROLLOUTS; index++) {
      Batch one = maker().make(new long[] {index});
      known.put(Arrays.toString(one.clips()), index);
    }
    assertEquals(ROLLOUTS, known.size());
    Set<List<Integer>> orders = new java.util.HashSet<>();
    Set<Integer> everSeen = new TreeSet<>();
    List<Batch> taken = take(7, 0, 2, 8 * STEPS_PER_EPOCH);
    for (int epoch = 0; epoch < 8; epoch++) {
      List<Integer> order = new ArrayList<>();
      for (Batch batch : taken.subList(epoch * STEPS_PER_EPOCH, (epoch + 1) * STEPS_PER_EPOCH)) {
        int clip = batch.clips().length / SIZE;
        for (int n = 0; n < SIZE; n++) {
          float[] values = Arrays.copyOfRange(batch.clips(), n * clip, (n + 1) * clip);
          order.add(known.get(Arrays.toString(values)));
        }
      }
      assertFalse(order.contains(null), "a rollout from outside of the training set");
      assertEquals(STEPS_PER_EPOCH * SIZE, new TreeSet<>(order).size(), "visited once: " + order);
      orders.add(order);
      everSeen.addAll(order);
    }
    assertEquals(8, orders.size(), "every epoch has its own order");
    assertEquals(ROLLOUTS, everSeen.size(), "the left out ones change");
  }

  @Test
  void anEpochThatBatchesDivideVisitsAll() {
    try (Batches batches = new Batches(maker(), 7, 14, 0, 3, 0, 2)) {
      Set<String> clips = new TreeSet<>();
      for (Batch batch : List.of(batches.next(), batches.next())) {
        int clip = batch.clips().length / 7;
        for (int n = 0; n < 7; n++) {
          clips.add(Arrays.toString(Arrays.copyOfRange(batch.clips(), n * clip, (n + 1) * clip)));
        }
      }
      assertEquals(14, clips.size());
    }
  }

  @Test
  void theOrderDependsOnTheSeed() {
    assertNotEquals(
        Arrays.toString(take(1, 0, 1, 1).get(0).clips()),
        Arrays.toString(take(2, 0, 1, 1).get(0).clips()));
  }

  @Test
  void timesAreAscendingFromEqualPartsAndCoverTheWindow() {
    Set<Integer> first = new TreeSet<>();
    Set<Integer> second = new TreeSet<>();
    for (Batch batch : take(1, 0, 2, 40)) {
      assertEquals(2, batch.times().length);
      first.add(batch.times()[0]);
      second.add(batch.times()[1]);
    }
    assertEquals(Set.of(0, 1, 2), first);
    assertEquals(Set.of(3, 4, 5), second);
  }

  @Test
  void noNumberOfTimesMeansAllOfThem() {
    try (Batches batches = new Batches(maker(), 2, 4, 0, 1, 0, 1)) {
      assertArrayEquals(new int[] {0, 1, 2, 3, 4, 5}, batches.next().times());
    }
  }

  @Test
  void whatAWorkerThrowsReachesTheCaller() {
    RuntimeException planted = new IllegalStateException("planted");
    BatchMaker broken = maker(new FakeRenderer(2, planted));
    try (Batches batches = new Batches(broken, 2, 4, 0, 1, 0, 1)) {
      assertSame(planted, assertThrows(IllegalStateException.class, batches::next));
    }
  }

  @Test
  void anErrorReachesTheCallerAsItself() {
    Error planted = new OutOfMemoryError("planted");
    BatchMaker broken =
        maker(
            new FakeRenderer(2) {
              @Override
              public void draw(float[] scene, float[] dst, int offset) {
                throw planted;
              }
            });
    try (Batches batches = new Batches(broken, 2, 4, 0, 1, 0, 1)) {
      assertSame(planted, assertThrows(OutOfMemoryError.class, batches::next));
    }
  }

  @Test
  void closingEndsTheThreads() throws InterruptedException {
    Batches batches = batches(1, 0, 3);
    batches.next();
    batches.close();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("batches")) {
        thread.join(5000);
        assertFalse(thread.isAlive());
      }
    }
    assertTrue(assertThrows(RuntimeException.class, batches::next).getMessage() != null);
  }

  @Test
  void sizesThatDoNotFitAreRefused() {
    Class<IllegalArgumentException> argument = IllegalArgumentException.class;
    Throws.naming(argument, () -> new Batches(maker(), 5, 4, 0, 1, 0, 1), "batch of 5", "4");
    Throws.naming(argument, () -> new Batches(maker(), 0, 4, 0, 1, 0, 1), "batch of 0");
    Throws.naming(argument, () -> new Batches(maker(), 2, 4, 7, 1, 0, 1), "7 frames", "6");
    Throws.naming(argument, () -> batches(1, 0, 0), "[batches]", "0 threads");
    Throws.naming(argument, () -> batches(1, -1, 1), "[batches]", "step -1");
  }
}
