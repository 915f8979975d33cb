package hgn.frames;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.physics.PhasePath;
import hgn.physics.PhysicalSystem;
import hgn.physics.Systems;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Films through a state of a rollout, at another speed than the rollout's own. */
class DetourTest {
  private static final double DT = 0.125;
  private static final int FROM = 4;

  private static RolloutGenerator generator(PhysicalSystem system, int frames) {
    return new RolloutGenerator(system, new PublishedRenderer(32), frames, DT, 1, Split.TEST);
  }

  @Test
  void atItsOwnPaceItIsTheRestOfTheRollout() {
    for (PhysicalSystem system : Systems.all()) {
      Rollout whole = generator(system, 34).generate(7);
      Rollout rest = generator(system, 10).through(7, FROM, DT, 30);
      assertClose(whole, FROM, 1, rest, 30);
      assertEquals(30, rest.length());
    }
  }

  @Test
  void backwardItShowsTheSeenFramesAndThenTheTimeBefore() {
    for (PhysicalSystem system : Systems.all()) {
      Rollout whole = generator(system, 5).generate(2);
      Rollout back = generator(system, 5).through(2, FROM, -DT, 12);
      assertClose(whole, FROM, -1, back, 5);
      assertEquals(-DT, back.dt());
      double[] earliest = back.path().state(11);
      Rollout again =
          new RolloutGenerator(system, new PublishedRenderer(32), 1, DT, 1, Split.TEST)
              .through(2, 0, -DT, 8);
      assertArrayEquals(again.path().state(7), earliest, 1e-6, "same motion by another way");
    }
  }

  @Test
  void atOtherPacesSharedInstantsAreTheSamePictures() {
    PhysicalSystem pendulum = Systems.byName("pendulum");
    Rollout whole = generator(pendulum, 34).generate(3);
    Rollout fast = generator(pendulum, 34).through(3, FROM, 2 * DT, 15);
    assertClose(whole, FROM, 2, fast, 15);
    Rollout slow = generator(pendulum, 34).through(3, FROM, DT / 2, 21);
    for (int k = 0; k <= 10; k++) {
      assertArrayEquals(
          whole.drawn().state(FROM + k), slow.drawn().state(2 * k), 1e-6, "frame " + k);
    }
  }

  @Test
  void instantsBetweenFramesHaveNoiseOfTheSystemsDeviation() {
    PhysicalSystem spring = Systems.byName("mass-spring");
    int frames = 4000;
    Rollout slow = generator(spring, 34).through(3, FROM, DT / 3, frames);
    ToDoubleFunction<Integer> noise = i -> slow.drawn().q(i, 0) - slow.path().q(i, 0);
    double mean = 0;
    double square = 0;
    double neighbours = 0;
    for (int k = 1; k < frames; k++) {
      double x = noise.applyAsDouble(k);
      mean += x / (frames - 1);
      square += x * x / (frames - 1);
      neighbours += x * noise.applyAsDouble(k - 1) / (frames - 1);
    }
    assertEquals(0, mean, 0.01);
    assertEquals(spring.noise(), Math.sqrt(square), 0.005);
    assertEquals(0, neighbours / square, 0.06);
  }

  private static void assertClose(Rollout whole, int from, int pace, Rollout part, int frames) {
    PhasePath drawn = whole.drawn();
    for (int k = 0; k < frames; k++) {
      assertArrayEquals(drawn.state(from + pace * k), part.drawn().state(k), 1e-6, "frame " + k);
    }
    // The solver's last digits may move a disc by a whole pixel where it is about to move anyway.
    int frame = whole.frames().length / whole.length();
    int same = 0;
    for (int k = 0; k < frames; k++) {
      int at = (from + pace * k) * frame;
      same +=
          Arrays.equals(
                  Arrays.copyOfRange(whole.frames(), at, at + frame),
                  Arrays.copyOfRange(part.frames(), k * frame, (k + 1) * frame))
              ? 1
              : 0;
    }
    assertTrue(same >= frames - 1, same + " of " + frames + " pictures are the same");
  }
}
