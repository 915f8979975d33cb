package hgn.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.frames.Renderers;
import hgn.frames.RolloutGenerator;
import hgn.frames.Split;
import hgn.physics.PhysicalSystem;
import hgn.physics.Systems;
import hgn.testing.Counterfeits;
import hgn.testing.Counterfeits.Kind;
import hgn.testing.FreeDiscs;
import java.util.EnumSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Few frames of each kind; {@link DiscCounterRates} measures the rates on many. */
class DiscCounterTest {
  private static final int FRAMES = 24;
  private static final int DRAWS = 32;

  static Stream<Arguments> all() {
    return Renderers.NAMES.stream()
        .flatMap(renderer -> Systems.all().stream().map(system -> Arguments.of(system, renderer)));
  }

  private static RolloutGenerator rollouts(PhysicalSystem system, String renderer) {
    return new RolloutGenerator(system, Renderers.byName(renderer, 32), 30, 0.125, 5, Split.TEST);
  }

  private static double accepted(DiscCounter counter, Counterfeits made, Kind kind, int draws) {
    int right = 0;
    for (int n = 0; n < FRAMES; n++) {
      right += counter.verdict(made.frame(kind, n, 7 * n % 30, draws), 0).right() ? 1 : 0;
    }
    return right / (double) FRAMES;
  }

  @ParameterizedTest
  @MethodSource("all")
  void takesTrueFramesAndTheirAveragesOverNoise(PhysicalSystem system, String renderer) {
    RolloutGenerator rollouts = rollouts(system, renderer);
    DiscCounter counter = new DiscCounter(rollouts);
    Counterfeits made = new Counterfeits(rollouts);
    assertEquals(1, accepted(counter, made, Kind.NONE, 1), "drawn");
    assertTrue(accepted(counter, made, Kind.NONE, DRAWS) > 0.9, "averaged");
  }

  @ParameterizedTest
  @MethodSource("all")
  void takesNoCounterfeit(PhysicalSystem system, String renderer) {
    RolloutGenerator rollouts = rollouts(system, renderer);
    DiscCounter counter = new DiscCounter(rollouts);
    Counterfeits made = new Counterfeits(rollouts);
    for (Kind kind : EnumSet.range(Kind.FADED, Kind.SMEARED)) {
      boolean hidden = kind == Kind.SMEARED && system.name().equals("three-body");
      if (!hidden) { // the noise is as wide as the smear
        assertEquals(0, accepted(counter, made, kind, 1), 0.05, kind::toString);
      }
    }
    assertFalse(counter.verdict(made.frame(Kind.MEAN_FRAME, 0, 0, 1), 0).right());
  }

  @Test
  void aFilmMayHaveThreeWrongFramesOfThirty() {
    RolloutGenerator rollouts = rollouts(Systems.byName("two-body"), "published");
    DiscCounter counter = new DiscCounter(rollouts);
    float[] film = rollouts.generate(1).frames();
    int frame = film.length / 30;
    assertTrue(counter.right(film));
    for (int wrong = 1; wrong <= 4; wrong++) {
      float[] empty = new float[frame];
      System.arraycopy(empty, 0, film, 7 * (wrong - 1) * frame, frame);
      assertEquals(wrong <= 3, counter.right(film), wrong + " wrong frames");
    }
  }

  @Test
  void discsThatCoverOneAnotherAreJudgedTogether() {
    PhysicalSystem discs = new FreeDiscs(2, new int[] {1, 0}, 0.5, 0.5);
    RolloutGenerator rollouts = rollouts(discs, "published");
    DiscCounter counter = new DiscCounter(rollouts);
    assertTrue(counter.verdict(drawn(rollouts, 0.1, 0, 0.7, 0.2), 0).right());
    assertTrue(counter.verdict(drawn(rollouts, -0.6, 0.4, -0.3, 0), 0).right());
    assertFalse(
        counter.verdict(drawn(rollouts, 0.1, 0, 0.1, 0), 0).right(),
        "one that is not to be seen counts as missing");
  }

  @Test
  void aDiscHalfOutOfThePictureIsStillThere() {
    PhysicalSystem discs = new FreeDiscs(2, new int[] {1, 0}, 0.5, 0.5);
    RolloutGenerator rollouts = rollouts(discs, "smooth");
    DiscCounter counter = new DiscCounter(rollouts);
    assertTrue(counter.verdict(drawn(rollouts, 1.8, 0, -1, -1), 0).right());
    assertFalse(counter.verdict(drawn(rollouts, 2.3, 0, -1, -1), 0).right());
  }

  private static float[] drawn(RolloutGenerator rollouts, double... q) {
    float[] frame = new float[rollouts.renderer().frameLength()];
    rollouts.renderer().draw(rollouts.system(), q, frame, 0);
    return frame;
  }
}
