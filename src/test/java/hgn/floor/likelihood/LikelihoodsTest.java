package hgn.floor.likelihood;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.frames.RolloutGenerator;
import hgn.physics.DoublePendulum;
import hgn.physics.GroundTruth;
import hgn.physics.Pendulum;
import hgn.physics.PhasePath;
import hgn.physics.PhysicalSystem;
import hgn.physics.Systems;
import hgn.random.PhiloxRandom;
import hgn.testing.FloorCase;
import hgn.testing.FreeDiscs;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares the likelihood of frames with the frequency at which noise produces them. */
class LikelihoodsTest {
  private static final int DRAWS = 40_000;
  private static final int PROBES = 20;

  /** Free discs start anywhere in their picture, so that some are at the edge or outside. */
  static List<PhysicalSystem> systems() {
    return Stream.concat(Systems.all().stream(), Stream.of(new FreeDiscs(1, new int[] {0}, 0.2)))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("systems")
  void probabilitiesAreHowOftenNoiseMakesTheFrame(PhysicalSystem system) {
    for (double sigma : new double[] {0.08, 0.01}) {
      assertCounted(system, sigma);
    }
  }

  private static void assertCounted(PhysicalSystem system, double sigma) {
    RolloutGenerator rollouts = FloorCase.rollouts(system, "published", 20);
    List<double[]> probes = FloorCase.coordinates(rollouts, PROBES);
    Observation view = new Observation(system, rollouts.renderer(), probes);
    assertTrue(view.isWhole());
    Likelihoods sights = new Likelihoods(view, probes, sigma);
    var rng = new PhiloxRandom(3, 4);
    int[] all = IntStream.range(0, view.coordinates()).toArray();
    for (int film = 0; film < 4; film++) {
      PhasePath path = at(rollouts.path(film).state(19), system);
      PhasePath drawn = path.withNoise(rng, sigma);
      double[] q = new double[system.degreesOfFreedom()];
      drawn.readQ(0, q);
      int[] told = view.told(q);
      int hits = 0;
      for (int i = 0; i < DRAWS; i++) {
        path.withNoise(rng, sigma).readQ(0, q);
        hits += Observation.agrees(told, view.codes(q), all) ? 1 : 0;
      }
      path.readQ(0, q);
      double expected = Math.exp(sights.of(drawn, 1).log(q));
      double found = (double) hits / DRAWS;
      double deviation = Math.sqrt(expected * (1 - expected) / DRAWS);
      assertEquals(expected, found, 4.5 * deviation + 0.02 * expected, system.name() + film);
    }
  }

  private static PhasePath at(double[] state, PhysicalSystem system) {
    return new GroundTruth().of(system, 0, state, 1, 1);
  }

  /** A pendulum is at the same place after a full turn. */
  @Test
  void anglesCountUpToTurns() {
    PhysicalSystem system = new Pendulum();
    RolloutGenerator rollouts = FloorCase.rollouts(system, "published", 5);
    List<double[]> probes = FloorCase.coordinates(rollouts, PROBES);
    Observation view = new Observation(system, rollouts.renderer(), probes);
    Likelihoods sights = new Likelihoods(view, probes, 0.1);
    ClipLikelihood seen = sights.of(at(new double[] {-9, 0}, system), 1);
    double near = seen.log(new double[] {-9.05});
    assertEquals(near, seen.log(new double[] {-9.05 + 6 * Math.PI}), 1e-9);
    assertTrue(near > seen.log(new double[] {-9.5}));
  }

  @Test
  void smoothFramesTellWhereTheStateIs() {
    PhysicalSystem system = new DoublePendulum();
    RolloutGenerator rollouts = FloorCase.rollouts(system, "smooth", 5);
    List<double[]> probes = FloorCase.coordinates(rollouts, PROBES);
    Observation view = new Observation(system, rollouts.renderer(), probes);
    assertFalse(view.isWhole());
    ClipLikelihood seen =
        new Likelihoods(view, probes, 0.05).of(at(new double[] {0.3, 2, 0, 0}, system), 1);
    double[] q = {0.4, 2.1 - 2 * Math.PI};
    assertEquals(-0.5 * 4 - 0.5 * 4, seen.log(q), 1e-9);
  }

  /** A disc beyond an edge reveals only that, not its position along the edge. */
  @Test
  void discsOutsideTheirPictureTellLittle() {
    PhysicalSystem system = new FreeDiscs(1, new int[] {0}, 0.2);
    for (String renderer : List.of("published", "smooth")) {
      RolloutGenerator rollouts = FloorCase.rollouts(system, renderer, 2);
      List<double[]> probes = FloorCase.coordinates(rollouts, PROBES);
      Observation view = new Observation(system, rollouts.renderer(), probes);
      assertArrayEquals(
          new int[] {Observation.AFTER, Observation.UNTOLD},
          view.told(new double[] {1.5, 0.3}),
          renderer);
      Likelihoods sights = new Likelihoods(view, probes, 0.1);
      ClipLikelihood seen = sights.of(at(new double[] {1.5, 0.3, 0, 0}, system), 1);
      assertEquals(0, seen.log(new double[] {2, -7}), 1e-6, renderer);
      assertTrue(seen.log(new double[] {1, 0.3}) < -1, renderer);
    }
  }

  @Test
  void whatMovesTogetherIsFound() {
    assertEquals(4, blocks(systems().get(2)).size());
    List<Block> pair = blocks(new DoublePendulum());
    assertEquals(1, pair.size());
    assertEquals(2, pair.get(0).axes().length);
    assertTrue(pair.get(0).axes()[1].turns());
    assertFalse(blocks(systems().get(0)).get(0).axes()[0].turns());
  }

  private static List<Block> blocks(PhysicalSystem system) {
    RolloutGenerator rollouts = FloorCase.rollouts(system, "published", 3);
    List<double[]> probes = FloorCase.coordinates(rollouts, PROBES);
    return Block.of(new Observation(system, rollouts.renderer(), probes), probes, 0.1);
  }

  @Test
  void tooManyCoordinatesOfOneDiscAreRefused() {
    PhysicalSystem system = new Tangled();
    RolloutGenerator rollouts = FloorCase.rollouts(system, "published", 3);
    List<double[]> probes = FloorCase.coordinates(rollouts, PROBES);
    Observation view = new Observation(system, rollouts.renderer(), probes);
    String message =
        assertThrows(IllegalArgumentException.class, () -> new Likelihoods(view, probes, 0.1))
            .getMessage();
    assertTrue(message.contains("4 coordinates together move a disc"), message);
  }

  /** Four coordinates move both discs. */
  private static final class Tangled extends FreeDiscs {
    Tangled() {
      super(2, new int[] {0, 1}, 0.2, 0.2);
    }

    @Override
    public void centres(double[] q, double[] xy) {
      double sum = (q[0] + q[1] + q[2] + q[3]) / 4;
      for (int i = 0; i < xy.length; i++) {
        xy[i] = (sum + q[i]) / 2;
      }
    }
  }
}
