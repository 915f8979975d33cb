package hgn.floor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.frames.RolloutGenerator;
import hgn.physics.DampedSpring;
import hgn.physics.MassSpring;
import hgn.physics.Pendulum;
import hgn.physics.PhasePath;
import hgn.physics.PhysicalSystem;
import hgn.physics.Systems;
import hgn.random.PhiloxRandom;
import hgn.testing.FloorCase;
import hgn.testing.FreeDiscs;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Error bounds on a few short films. */
class FloorMeasurementTest {
  private static final int FILMS = 10;

  /** E|x - x'|^2 / 2 of two frames of one state is the variance of a frame. */
  @ParameterizedTest
  @ValueSource(strings = {"published", "smooth"})
  void noiseIsHalfTheSquaredDifferenceOfTwoFramesOfOneState(String renderer) {
    Clip clip = new Clip(2, 1, 3);
    FloorSettings settings = FloorCase.of(new Pendulum(), renderer, 0.15, clip, 1);
    double mean = 0;
    int measured = 20;
    for (int film = 0; film < measured; film++) {
      PhasePath same = settings.rollouts().path(0);
      mean += new FilmScorer(settings).noise(film, same) / measured;
    }
    var rng = new PhiloxRandom(6, 7);
    NoisyFrameRenderer artist = new NoisyFrameRenderer(settings);
    PhasePath path = settings.rollouts().path(0);
    double sum = 0;
    int pairs = 1500;
    for (int i = 0; i < pairs; i++) {
      for (int t = 1; t < 4; t++) {
        FrameMean one = new FrameMean(artist.frameLength());
        one.add(artist.draw(path.state(t), 0, rng));
        sum += one.distance(artist.draw(path.state(t), 0, rng)) / 2 / pairs / 3;
      }
    }
    assertEquals(sum, mean, 0.04 * sum);
  }

  /** The same films, with the same noise scaled differently. */
  @Test
  void lessNoiseNeverCostsMore() {
    List<FloorReport> reports = new ArrayList<>();
    for (double sigma : new double[] {0.02, 0.08, 0.3}) {
      reports.add(
          FloorCase.measure(
              FloorCase.of(new MassSpring(), "published", sigma, new Clip(3, 2, 4), FILMS)));
    }
    assertRising(reports);
    assertTrue(reports.get(0).noise().mean() < reports.get(1).noise().mean());
    assertTrue(reports.get(1).noise().mean() < reports.get(2).noise().mean());
    assertTrue(reports.get(0).bayes().high() < reports.get(2).bayes().low());
  }

  /** The target frames are the same. */
  @ParameterizedTest
  @CsvSource({"mass-spring, published", "pendulum, published", "two-body, published"})
  void moreFramesNeverCostMore(String system, String renderer) {
    List<FloorReport> reports = new ArrayList<>();
    for (int seen : new int[] {12, 4, 1}) {
      Clip clip = new Clip(seen, 12, 4);
      reports.add(
          FloorCase.measure(FloorCase.of(Systems.byName(system), renderer, 0.1, clip, FILMS)));
    }
    assertRising(reports);
    assertTrue(reports.get(0).bayes().high() < reports.get(2).bayes().low(), reports.toString());
    for (FloorReport report : reports) {
      assertTrue(report.noise().low() <= report.bayes().high());
      assertTrue(report.bayes().low() <= report.single().high());
      assertTrue(report.bayes().mean() <= report.sample().mean());
      assertEquals(List.of(), report.thin());
      assertEquals(0, report.excess(report.noise().mean()));
      assertEquals(1, report.excess(report.constant().mean()), 1e-12);
    }
  }

  private static void assertRising(List<FloorReport> reports) {
    for (int i = 1; i < reports.size(); i++) {
      FloorReport less = reports.get(i - 1);
      FloorReport more = reports.get(i);
      assertTrue(less.bayes().low() <= more.bayes().high(), less + " " + more);
      assertTrue(less.single().low() <= more.single().high(), less + " " + more);
      assertTrue(less.sample().low() <= more.sample().high(), less + " " + more);
    }
  }

  /**
   * A predictor that sees only whole pixels of one frame is no better than the mean of all films.
   */
  @Test
  void withHardlyAnythingToSeeTheBestIsTheMeanFilm() {
    FloorReport report =
        FloorCase.measure(
            FloorCase.of(new DampedSpring(), "published", 0.1, new Clip(1, 30, 1), 40));
    assertTrue(report.bayes().mean() > 0.5 * report.constant().mean(), report.toString());
    assertTrue(report.bayes().low() < report.constant().high(), report.toString());
  }

  @Test
  void threadsChangeNothingAndTheSeedDoes() {
    Clip clip = Clip.fromLast(2, 2);
    FloorSettings settings = FloorCase.of(new MassSpring(), "published", 0.1, clip, 5);
    List<Integer> told = new ArrayList<>();
    FloorReport one = new FloorMeasurement(settings).measure(1, told::add);
    assertEquals(List.of(1, 2, 3, 4, 5), told);
    assertEquals(one, new FloorMeasurement(settings).measure(3, done -> {}));
    FloorSettings other =
        new FloorSettings(settings.rollouts(), clip, settings.sigma(), 5, FloorCase.PARTICLES, 6);
    assertNotEquals(one.bayes(), FloorCase.measure(other).bayes());
  }

  /** With the system's noise, the films equal the rollouts. */
  @Test
  void filmsAreThoseThatModelsAreMeasuredOn() {
    RolloutGenerator rollouts = FloorCase.rollouts(new Pendulum(), "published", 6);
    Clip clip = Clip.all(6);
    FloorSettings settings = FloorSettings.of(rollouts, clip, 1, FloorCase.PARTICLES, 1);
    NoisyFrameRenderer artist = new NoisyFrameRenderer(settings);
    float[] film = rollouts.generate(0).frames();
    PhasePath drawn = new TestFilms(settings).drawn(0);
    for (int t = 0; t < 6; t++) {
      float[] frame = artist.draw(drawn.state(t), 0);
      for (int i = 0; i < frame.length; i++) {
        assertEquals(film[t * frame.length + i], frame[i]);
      }
    }
  }

  static Stream<PhysicalSystem> systems() {
    return Stream.concat(
        Stream.concat(Systems.all().stream(), Systems.misprinted().stream()),
        Stream.of(new FreeDiscs(2, new int[] {0, 1}, 0.4, 0.3)));
  }

  @ParameterizedTest
  @MethodSource("systems")
  void everySystemHasAFloor(PhysicalSystem system) {
    for (String renderer : List.of("published", "smooth")) {
      Clip clip = Clip.fromLast(4, renderer.equals("smooth") ? 1 : 3);
      FloorReport report =
          FloorCase.measure(FloorCase.of(system, renderer, system.noise(), clip, 2));
      assertTrue(report.noise().mean() > 0, system.name());
      assertEquals(2, report.bayes().films(), system.name() + report.thin());
      assertTrue(report.bayes().mean() < 2 * report.constant().mean(), report.toString());
    }
  }

  /** A system that samples initial states by rejection. */
  @Test
  void statesMayBeDrawnByRejection() {
    PhysicalSystem picky =
        new FreeDiscs(2, new int[] {0}, 0.4) {
          @Override
          public double[] initialState(PhiloxRandom rng) {
            double[] s = super.initialState(rng);
            return s[0] * s[0] + s[1] * s[1] < 1 ? s : initialState(rng);
          }
        };
    FloorReport report =
        FloorCase.measure(FloorCase.of(picky, "published", 0.1, Clip.fromLast(3, 2), 2));
    assertEquals(List.of(), report.thin());
    assertTrue(report.bayes().mean() < report.constant().mean(), report.toString());
  }

  @Test
  void whatHasNoFloorIsRefused() {
    Clip clip = Clip.all(3);
    assertRefused("without noise has no likelihood", () -> of(0, 1, 200));
    assertRefused("noise: -0.1 is no standard deviation", () -> of(-0.1, 1, 200));
    assertRefused("films: 0", () -> of(0.1, 0, 200));
    assertRefused("particles: 100 are too few", () -> of(0.1, 1, 100));
    assertRefused("a clip of 0 frames", () -> new Clip(0, 0, 3));
    assertEquals(3, clip.rolloutFrames());
  }

  private static FloorSettings of(double sigma, int films, int particles) {
    return new FloorSettings(
        FloorCase.rollouts(new MassSpring(), "published", 3),
        Clip.all(3),
        sigma,
        films,
        particles,
        1);
  }

  private static void assertRefused(String part, Executable making) {
    String message = assertThrows(IllegalArgumentException.class, making).getMessage();
    assertTrue(message.contains(part), message);
  }
}
