package hgn.train.nhf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.density.Density;
import hgn.random.PhiloxRandom;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class NhfEvaluatorTest {
  private static NhfExperiment trained;

  @BeforeAll
  static void train() {
    trained = new NhfExperiment(TinyNhfs.learning("mixture"));
    TinyNhfs.train(trained, TinyNhfs.STEPS);
  }

  @AfterAll
  static void close() {
    trained.close();
  }

  /**
   * On average, the ELBO is below the importance weighted estimate, and both are below the known
   * log density.
   */
  @Test
  void theBoundsAreBounds() {
    try (NhfExperiment initial = new NhfExperiment(TinyNhfs.learning("mixture"))) {
      for (NhfExperiment experiment : List.of(initial, trained)) {
        NhfScore score = new NhfEvaluator(experiment, 1000, 32).score();
        assertTrue(score.elbo() < -score.nll(), score.toString());
        assertTrue(-score.nll() < -score.entropy(), score.toString());
        assertEquals(score.nll() - score.entropy(), score.excess(), 1e-12);
        assertTrue(score.interval() > 0 && score.interval() < 0.3, score.toString());
      }
    }
  }

  @Test
  void theEstimateRisesWithTheNumberOfDraws() {
    double before = Double.NEGATIVE_INFINITY;
    double bound = new NhfEvaluator(trained, 2000, 64).score().elbo();
    for (int draws : new int[] {1, 4, 16, 64}) {
      NhfScore score = new NhfEvaluator(trained, 2000, draws).score();
      assertTrue(-score.nll() > before, draws + " draws: " + -score.nll() + " after " + before);
      assertEquals(bound, score.elbo(), 0.05, "the bound itself does not depend on the draws");
      before = -score.nll();
    }
    assertTrue(before > bound + 0.01, bound + " to " + before);
  }

  /** The mean weights are a density: for any parameters, it integrates to 1. */
  @Test
  void theLearntDensityHasMassOne() {
    int cells = 40;
    double reach = 5;
    double side = 2 * reach / cells;
    double[] grid = new double[2 * cells * cells];
    for (int i = 0; i < cells * cells; i++) {
      grid[2 * i] = (i % cells + 0.5) * side - reach;
      grid[2 * i + 1] = (i / cells + 0.5) * side - reach;
    }
    double[] found = new NhfDensity(trained.model(), 3).estimate(grid, 32).logDensity();
    double mass = Arrays.stream(found).map(Math::exp).sum() * side * side;
    assertEquals(1, mass, 0.02);
  }

  /** Samples follow the estimated density, cell by cell. */
  @Test
  void samplesFollowTheLearntDensity() {
    NhfDensity learnt = new NhfDensity(trained.model(), 3);
    int count = 8000;
    double[] samples = learnt.sample(count);
    assertEquals(2 * count, samples.length);
    int fine = 20;
    for (int quadrant = 0; quadrant < 4; quadrant++) {
      int sx = quadrant % 2 == 0 ? 1 : -1;
      int sy = quadrant < 2 ? 1 : -1;
      double[] grid = new double[2 * fine * fine];
      for (int i = 0; i < fine * fine; i++) {
        grid[2 * i] = sx * (i % fine + 0.5) * 2 / fine;
        grid[2 * i + 1] = sy * (i / fine + 0.5) * 2 / fine;
      }
      double area = 4.0 / fine / fine;
      double mass =
          Arrays.stream(learnt.estimate(grid, 32).logDensity()).map(Math::exp).sum() * area;
      int within = 0;
      for (int i = 0; i < samples.length; i += 2) {
        double x = sx * samples[i];
        double y = sy * samples[i + 1];
        within += x > 0 && x < 2 && y > 0 && y < 2 ? 1 : 0;
      }
      assertEquals(mass, (double) within / count, 0.025, "quadrant " + quadrant);
    }
  }

  @Test
  void aSeedGivesTheSameScoreAgain() {
    try (NhfExperiment experiment = new NhfExperiment(TinyNhfs.config())) {
      assertEquals(
          new NhfEvaluator(experiment, 50, 4).score(), new NhfEvaluator(experiment, 50, 4).score());
      assertArrayEquals(
          new NhfDensity(experiment.model(), 3).sample(5000),
          new NhfDensity(experiment.model(), 3).sample(5000));
    }
  }

  /** Apart from noise, estimates do not depend on the number of points per call. */
  @Test
  void manyPointsAreEstimatedInParts() {
    try (NhfExperiment experiment = new NhfExperiment(TinyNhfs.config())) {
      Density density = experiment.density();
      double[] points = density.points(new PhiloxRandom(1, 1), 1500);
      NhfDensity learnt = new NhfDensity(experiment.model(), 3);
      double[] all = learnt.estimate(points, 4).logDensity();
      assertEquals(1500, all.length);
      double[] head = learnt.estimate(Arrays.copyOf(points, 200), 4).logDensity();
      assertArrayEquals(Arrays.copyOf(all, 100), Arrays.copyOf(head, 100), 1e-4);
    }
  }
}
