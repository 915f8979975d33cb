package hgn.frames;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import hgn.physics.PhysicalSystem;
import hgn.physics.Systems;
import hgn.random.PhiloxRandom;
import hgn.testing.FreeDiscs;
import hgn.testing.golden.Golden;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Table1RendererTest {
  private static final double[][] COLOURS = {{1, 1, 0}, {1, 0, 0}, {0, 1, 0}};

  @ParameterizedTest
  @CsvSource({
    "mass-spring, spring",
    "pendulum, pendulum",
    "two-body, two_bodies",
    "three-body, three_bodies",
    "double-pendulum, double_pendulum",
    "damped-spring, damped_spring",
  })
  void framesAreTheReferencesBitForBit(String name, String file) {
    Renderer renderer = Renderers.byName("table1", 32);
    PhysicalSystem system = renderer.filmed(Systems.byName(name));
    Golden golden = Golden.load("render_table1_" + file);
    double[] q = golden.array("inputs/q").values();
    double[] expected = golden.array("outputs/frames").values();
    int n = system.degreesOfFreedom();
    float[] frame = new float[renderer.frameLength()];
    assertEquals(q.length / n * 3 * 1024, expected.length);
    for (int k = 0; k < q.length / n; k++) {
      renderer.draw(system, Arrays.copyOfRange(q, k * n, (k + 1) * n), frame, 0);
      for (int c = 0; c < 3; c++) {
        for (int pixel = 0; pixel < 1024; pixel++) {
          assertEquals((float) expected[(k * 3 + c) * 1024 + pixel], frame[pixel * 3 + c]);
        }
      }
    }
  }

  /**
   * Arbitrary discs, overlapping and over the edge, compared with the recipe carried out step by
   * step.
   */
  @Property(tries = 300)
  void framesFollowTheRecipe(@ForAll long stream, @ForAll @IntRange(min = 1, max = 4) int bodies) {
    var rng = new PhiloxRandom(29, stream);
    int resolution = 8 + (int) rng.uniform(0, 25);
    int[] colours = new int[bodies];
    double[] radii = new double[bodies];
    double[] q = new double[2 * bodies];
    for (int b = 0; b < bodies; b++) {
      colours[b] = (int) rng.uniform(0, 3);
      radii[b] = rng.uniform(4.0 / resolution, 1.2);
      q[2 * b] = rng.uniform(-2.5, 2.5);
      q[2 * b + 1] = rng.uniform(-2.5, 2.5);
    }
    var system = new FreeDiscs(2, colours, radii);
    float[] frame = new float[resolution * resolution * 3];
    new Table1Renderer(resolution).draw(system, q, frame, 0);
    float[] expected = recipe(resolution, colours, radii, q);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], frame[i], 1e-6f, "at " + i);
    }
  }

  private static float[] recipe(int n, int[] colours, double[] radii, double[] q) {
    double[] image = new double[n * n * 3];
    for (int b = 0; b < colours.length; b++) {
      int column = (int) (n * (q[2 * b] + 2) / 4);
      int row = (int) (n * (q[2 * b + 1] + 2) / 4);
      int radius = (int) (radii[b] / (4.0 / n));
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          if ((i - row) * (i - row) + (j - column) * (j - column) <= radius * radius) {
            System.arraycopy(COLOURS[colours[b]], 0, image, (i * n + j) * 3, 3);
          }
        }
      }
    }
    float[] frame = new float[image.length];
    for (int i = 0; i < frame.length; i++) {
      frame[i] = (float) Math.min(1, mean(image, n, i / 3 / n, i / 3 % n, i % 3) + 80 / 255.0);
    }
    return frame;
  }

  private static double mean(double[] image, int n, int row, int column, int channel) {
    double sum = 0;
    for (int i = row - 1; i <= row + 1; i++) {
      for (int j = column - 1; j <= column + 1; j++) {
        sum += image[(mirrored(i, n) * n + mirrored(j, n)) * 3 + channel];
      }
    }
    return sum / 9;
  }

  private static int mirrored(int i, int n) {
    return i < 0 ? 1 : i == n ? n - 2 : i;
  }

  /** Only three bodies differed then: larger discs, far less noise. */
  @Test
  void systemsAreThoseOfTheTable() {
    Renderer renderer = new Table1Renderer(32);
    for (PhysicalSystem system : Systems.all()) {
      PhysicalSystem filmed = renderer.filmed(system);
      assertEquals(system.name(), filmed.name());
      if (system.name().equals("three-body")) {
        assertEquals(0.005, filmed.noise());
        assertEquals(0.2, system.noise());
        float[] scene = new float[renderer.sceneLength(filmed)];
        renderer.describe(filmed, new double[6], scene, 0);
        assertEquals(2, scene[Scene.DISCS + Scene.RADIUS]);
        assertEquals(0.005, filmed.asPrinted().noise());
      } else {
        assertSame(system, filmed);
      }
    }
    var rollouts =
        new RolloutGenerator(Systems.byName("three-body"), renderer, 2, 0.125, 1, Split.TRAIN);
    assertEquals(0.005, rollouts.noise());
    assertEquals(0.3, rollouts.withNoise(0.3).withFrames(3).withDt(1).noise());
  }

  @Test
  void theBackgroundsLevelIsTheMeanOfItsColours() {
    assertEquals(80 / 255.0, new Table1Renderer(32).background());
    assertEquals((81 + 88 + 93) / 765.0, new PublishedRenderer(32).background());
  }
}
