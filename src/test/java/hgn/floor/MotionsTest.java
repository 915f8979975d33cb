package hgn.floor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.frames.RolloutGenerator;
import hgn.physics.MotionException;
import hgn.physics.PhasePath;
import hgn.physics.PhysicalSystem;
import hgn.physics.Systems;
import hgn.testing.FloorCase;
import hgn.testing.FreeDiscs;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MotionsTest {
  private static final int FRAMES = 34;

  static List<PhysicalSystem> systems() {
    return Stream.concat(Systems.all().stream(), Systems.misprinted().stream()).toList();
  }

  /** The error is far below the noise, with and without a closed form. */
  @ParameterizedTest
  @MethodSource("systems")
  void motionsAreTrueWithinAShareOfTheNoise(PhysicalSystem system) {
    double sigma = 0.05;
    Motions motions = new Motions(system, FloorCase.DT, sigma);
    DormandPrince5 solver = new DormandPrince5(system, 1e-4 * sigma);
    RolloutGenerator rollouts = FloorCase.rollouts(system, "published", FRAMES);
    int n = system.degreesOfFreedom();
    double[] path = new double[FRAMES * n];
    double[] solved = new double[FRAMES * n];
    for (int film = 0; film < 10; film++) {
      PhasePath truth = rollouts.path(film);
      assertTrue(motions.follow(truth.state(0), FRAMES, path));
      assertTrue(solver.follow(truth.state(0), FRAMES, FloorCase.DT, solved));
      for (int t = 0; t < FRAMES; t++) {
        for (int i = 0; i < n; i++) {
          assertEquals(truth.q(t, i), path[t * n + i], 0.1 * sigma, system.name());
          assertEquals(truth.q(t, i), solved[t * n + i], 0.1 * sigma, system.name());
        }
      }
    }
  }

  /** The order of the method: a tolerance 1e5 times smaller takes steps 10 times smaller. */
  @Test
  void errorsFollowTheTolerance() {
    PhysicalSystem system = Systems.byName("pendulum");
    RolloutGenerator rollouts = FloorCase.rollouts(system, "published", FRAMES);
    PhasePath truth = rollouts.path(0);
    double[] path = new double[FRAMES];
    assertTrue(new DormandPrince5(system, 1e-9).follow(truth.state(0), FRAMES, 0.125, path));
    assertEquals(truth.q(FRAMES - 1, 0), path[FRAMES - 1], 1e-6);
    assertTrue(new DormandPrince5(system, 1e-3).follow(truth.state(0), FRAMES, 0.125, path));
    assertEquals(truth.q(FRAMES - 1, 0), path[FRAMES - 1], 0.1);
  }

  @Test
  void whatCannotBeFollowedIsSaidSo() {
    double[] path = new double[10 * 2];
    double[] state = {0, 0, 1, 1};
    assertFalse(new Motions(new Wall(Double.NaN), 0.1, 0.1).follow(state, 10, path));
    assertFalse(new Motions(new Wall(0), 0.1, 0.1).follow(state, 10, path));
  }

  /** For x &gt; 0.5 the motion is undefined: its rate is NaN or an exception. */
  private static final class Wall extends FreeDiscs {
    private final double rate;

    Wall(double rate) {
      super(2, new int[] {0}, 0.3);
      this.rate = rate;
    }

    @Override
    public void derivatives(double t, double[] s, double[] dsdt) {
      super.derivatives(t, s, dsdt);
      if (s[0] > 0.5 && rate == 0) {
        throw new MotionException("a wall");
      }
      dsdt[0] = s[0] > 0.5 ? rate : dsdt[0];
    }
  }
}
