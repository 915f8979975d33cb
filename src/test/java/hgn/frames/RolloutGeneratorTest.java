package hgn.frames;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.physics.MassSpring;
import hgn.physics.Pendulum;
import hgn.physics.PhasePath;
import hgn.physics.PhysicalSystem;
import hgn.physics.Systems;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RolloutGeneratorTest {
  private static final double DT = 0.125;
  private static final Renderer PUBLISHED = new PublishedRenderer(32);

  @Test
  void aRolloutIsAFunctionOfSystemSeedAndIndex() {
    for (PhysicalSystem system : Systems.all()) {
      Rollout a = generator(system, 1, Split.TRAIN).generate(17);
      Rollout b = generator(system, 1, Split.TRAIN).generate(17);
      assertArrayEquals(a.frames(), b.frames());
      assertArrayEquals(a.path().states(), b.path().states());
      assertArrayEquals(a.drawn().states(), b.drawn().states());
      assertEquals(34, a.length());
      assertEquals(34 * 32 * 32 * 3, a.frames().length);
      assertEquals(DT, a.dt());
      assertEquals(system.name(), a.system());
    }
  }

  @Test
  void framesShowTheDrawnStates() {
    for (Renderer renderer : List.of(PUBLISHED, new SmoothRenderer(48))) {
      Rollout rollout =
          new RolloutGenerator(new Pendulum(), renderer, 5, DT, 3, Split.TEST).generate(4);
      float[] frame = new float[renderer.frameLength()];
      for (int k = 0; k < 5; k++) {
        renderer.draw(new Pendulum(), new double[] {rollout.drawn().q(k, 0)}, frame, 0);
        assertArrayEquals(
            frame, Arrays.copyOfRange(rollout.frames(), k * frame.length, (k + 1) * frame.length));
      }
    }
  }

  @Test
  void theAverageOverNoiseIsNearerToFilmsThanTheTrueMotion() {
    for (PhysicalSystem system : Systems.all()) {
      RolloutGenerator generator = generator(system, 9, Split.TEST);
      double toAverage = 0;
      double toTruth = 0;
      double[] q = new double[system.degreesOfFreedom()];
      float[] still = new float[PUBLISHED.frameLength()];
      for (int n = 0; n < 4; n++) {
        Rollout rollout = generator.generate(n);
        float[] average = generator.averaged(n, 32);
        for (int i = 0; i < average.length; i++) {
          if (i % still.length == 0) {
            rollout.path().readQ(i / still.length, q);
            PUBLISHED.draw(system, q, still, 0);
          }
          toAverage += Math.pow(rollout.frames()[i] - average[i], 2);
          toTruth += Math.pow(rollout.frames()[i] - still[i % still.length], 2);
        }
      }
      assertTrue(toAverage < 0.9 * toTruth, system.name() + " " + toAverage + " " + toTruth);
    }
  }

  @Test
  void averagesReachBeyondTheRolloutBothWays() {
    int frame = PUBLISHED.frameLength();
    for (PhysicalSystem system : Systems.all()) {
      RolloutGenerator generator = generator(system, 9, Split.TEST).withFrames(12);
      assertArrayEquals(
          generator.averaged(2, 3), generator.averaged(2, 0, 12, 3).frames(), system.name());
      RolloutGenerator still = generator.withNoise(0);
      float[] film = still.withFrames(20).generate(2).frames();
      RolloutGenerator.AverageFilm after = still.averaged(2, 8, 12, 3);
      assertArrayEquals(Arrays.copyOfRange(film, 8 * frame, 20 * frame), after.frames(), 0.02f);
      assertEquals(0, after.error(), 1e-9);
      float[] back = still.through(2, 0, -DT, 6).frames();
      float[] before = still.averaged(2, -5, 8, 3).frames();
      for (int t = 0; t <= 5; t++) {
        assertArrayEquals(
            Arrays.copyOfRange(back, (5 - t) * frame, (6 - t) * frame),
            Arrays.copyOfRange(before, t * frame, (t + 1) * frame),
            0.02f,
            system.name() + " " + t);
      }
    }
  }

  @Test
  void anAveragesErrorIsItsDistanceFromTheLimit() {
    RolloutGenerator generator = generator(new MassSpring(), 9, Split.TEST).withFrames(4);
    double expected = 0;
    double distance = 0;
    for (int n = 0; n < 16; n++) {
      RolloutGenerator.AverageFilm few = generator.averaged(n, 0, 4, 8);
      RolloutGenerator.AverageFilm limit = generator.averaged(n, 0, 4, 400);
      expected += few.error();
      assertEquals(8.0 / 400, limit.error() / few.error(), 0.04);
      for (int i = 0; i < few.frames().length; i++) {
        distance += Math.pow(few.frames()[i] - limit.frames()[i], 2) / few.frames().length;
      }
    }
    assertEquals(1, distance / expected, 0.3);
  }

  @Test
  void renderFillsItsPlaceAndNothingElse() {
    RolloutGenerator generator = generator(new MassSpring(), 5, Split.TRAIN);
    int length = generator.rolloutLength();
    float[] dst = new float[length + 10];
    Arrays.fill(dst, -7);
    generator.render(3, dst, 5);
    assertArrayEquals(generator.generate(3).frames(), Arrays.copyOfRange(dst, 5, 5 + length));
    for (int i = 0; i < 5; i++) {
      assertEquals(-7, dst[i]);
      assertEquals(-7, dst[5 + length + i]);
    }
    assertThrows(IllegalArgumentException.class, () -> generator.render(3, dst, 11));
    assertThrows(IllegalArgumentException.class, () -> generator.render(3, dst, -1));
  }

  @Test
  void theScenesOfADescriptionAreDrawnToTheFilm() {
    for (Renderer renderer : List.of(PUBLISHED, new SmoothRenderer(48))) {
      var generator = new RolloutGenerator(new Pendulum(), renderer, 5, DT, 3, Split.TEST);
      int length = generator.descriptionLength();
      assertEquals(5 * (3 + 6), length);
      float[] dst = new float[length + 2];
      dst[0] = -7;
      dst[length + 1] = -7;
      generator.describe(4, dst, 1);
      assertEquals(-7, dst[0]);
      assertEquals(-7, dst[length + 1]);
      float[] film = new float[generator.rolloutLength()];
      for (int k = 0; k < 5; k++) {
        float[] scene = Arrays.copyOfRange(dst, 1 + k * 9, 1 + (k + 1) * 9);
        renderer.draw(scene, film, k * renderer.frameLength());
      }
      assertArrayEquals(generator.generate(4).frames(), film);
      assertThrows(IllegalArgumentException.class, () -> generator.describe(4, dst, 3));
    }
  }

  @Test
  void threadsShareAGenerator() {
    RolloutGenerator generator = generator(new Pendulum(), 7, Split.TRAIN);
    int[] serial = IntStream.range(0, 200).map(i -> hash(generator, i)).toArray();
    int[] parallel = IntStream.range(0, 200).parallel().map(i -> hash(generator, i)).toArray();
    assertArrayEquals(serial, parallel);
  }

  @Test
  void splitsSeedsAndIndicesGiveDifferentStarts() {
    Set<Double> starts = new HashSet<>();
    int made = 0;
    for (Split split : Split.values()) {
      for (long seed = 0; seed < 10; seed++) {
        for (long index = 0; index < 100; index++, made++) {
          starts.add(generator(new MassSpring(), seed, split).withFrames(1).path(index).q(0, 0));
        }
      }
    }
    assertEquals(made, starts.size());
  }

  @Test
  void aLongerFilmContinuesTheShorterOne() {
    for (PhysicalSystem system : Systems.all()) {
      Rollout film = generator(system, 9, Split.TEST).generate(2);
      Rollout longer = generator(system, 9, Split.TEST).withFrames(90).generate(2);
      assertEquals(90, longer.length());
      for (int k = 0; k < 34; k++) {
        assertArrayEquals(film.path().state(k), longer.path().state(k), 1e-8);
        assertArrayEquals(film.drawn().state(k), longer.drawn().state(k), 1e-8);
      }
    }
  }

  @Test
  void anotherSpeedKeepsStartAndNoise() {
    RolloutGenerator normal = generator(new Pendulum(), 11, Split.TEST);
    Rollout film = normal.generate(6);
    Rollout slow = normal.withFrames(67).withDt(DT / 2).generate(6);
    Rollout back = normal.withDt(-DT).generate(6);
    for (int k = 0; k < 34; k++) {
      assertArrayEquals(film.path().state(k), slow.path().state(2 * k), 1e-8);
      double noise = film.drawn().q(k, 0) - film.path().q(k, 0);
      assertEquals(noise, slow.drawn().q(k, 0) - slow.path().q(k, 0), 1e-12);
      assertEquals(noise, back.drawn().q(k, 0) - back.path().q(k, 0), 1e-12);
    }
    assertArrayEquals(film.path().state(0), back.path().state(0));
    assertFalse(Math.abs(film.path().q(5, 0) - back.path().q(5, 0)) < 1e-3);
  }

  /**
   * Standard deviation sigma on q and p, uncorrelated between frames, without influence on the
   * dynamics.
   */
  @Test
  void noiseIsAddedToEveryCoordinateOfEveryFrame() {
    RolloutGenerator generator = generator(new MassSpring(), 13, Split.TRAIN);
    double squares = 0;
    double lagged = 0;
    double mean = 0;
    double crossed = 0;
    int n = 0;
    for (int index = 0; index < 1000; index++) {
      PhasePath path = generator.path(index);
      PhasePath drawn = generator.withFrames(34).generate(index).drawn();
      for (int k = 1; k < 34; k++, n++) {
        double noise = drawn.q(k, 0) - path.q(k, 0);
        mean += noise;
        squares += noise * noise;
        lagged += noise * (drawn.q(k - 1, 0) - path.q(k - 1, 0));
        crossed += noise * (drawn.p(k, 0) - path.p(k, 0));
      }
    }
    assertEquals(0, mean / n, 5 * 0.1 / Math.sqrt(n));
    assertEquals(0.01, squares / n, 5 * 0.01 * Math.sqrt(2.0 / n));
    assertEquals(0, lagged / n, 5 * 0.01 / Math.sqrt(n));
    assertEquals(0, crossed / n, 5 * 0.01 / Math.sqrt(n));
  }

  @Test
  void valuesAreColours() {
    for (PhysicalSystem system : Systems.all()) {
      float[] film = generator(system, 15, Split.TRAIN).generate(1).frames();
      boolean disc = false;
      for (float value : film) {
        assertTrue(value >= 0 && value <= 1);
        disc |= value > 0.7f;
      }
      assertTrue(disc, "something is drawn");
    }
  }

  @Test
  void argumentsOutOfRangeAreRefused() {
    RolloutGenerator generator = generator(new Pendulum(), 1, Split.TRAIN);
    assertThrows(IllegalArgumentException.class, () -> generator.withFrames(0));
    assertThrows(IllegalArgumentException.class, () -> generator.withDt(0));
    assertThrows(IllegalArgumentException.class, () -> generator.withDt(Double.NaN));
  }

  private static int hash(RolloutGenerator generator, long index) {
    float[] film = new float[generator.rolloutLength()];
    generator.render(index, film, 0);
    return Arrays.hashCode(film);
  }

  private static RolloutGenerator generator(PhysicalSystem system, long seed, Split split) {
    return new RolloutGenerator(system, PUBLISHED, 34, DT, seed, split);
  }
}
