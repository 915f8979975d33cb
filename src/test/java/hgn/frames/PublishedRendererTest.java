package hgn.frames;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.physics.MassSpring;
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

class PublishedRendererTest {
  private static final int[][] COLOURS = {{173, 146, 0}, {173, 0, 0}, {0, 146, 0}};
  private static final int[] BACKGROUND = {81, 88, 93};

  @ParameterizedTest
  @CsvSource({
    "mass-spring, render_spring",
    "pendulum, render_pendulum",
    "two-body, render_two_bodies",
    "three-body, render_three_bodies",
    "double-pendulum, render_chaotic_pendulum",
    "damped-spring, render_damped_spring-gray",
  })
  void framesAreTheReferencesBitForBit(String name, String file) {
    PhysicalSystem system = Systems.byName(name);
    Renderer renderer = new PublishedRenderer(32);
    Golden golden = Golden.load(file);
    double[] q = golden.array("inputs/q").values();
    double[] expected = golden.array("outputs/frames").values();
    int channels = golden.array("outputs/frames").shape().dim(2);
    int n = system.degreesOfFreedom();
    float[] frame = new float[renderer.frameLength()];
    assertEquals(q.length / n * channels * 1024, expected.length);
    for (int k = 0; k < q.length / n; k++) {
      renderer.draw(system, Arrays.copyOfRange(q, k * n, (k + 1) * n), frame, 0);
      for (int c = 0; c < channels; c++) {
        for (int pixel = 0; pixel < 1024; pixel++) {
          float shown = channels == 1 ? grey(frame, pixel) : frame[pixel * 3 + c];
          assertEquals((float) expected[(k * channels + c) * 1024 + pixel], shown);
        }
      }
    }
  }

  /** The reference's grey is the largest of the three channels. */
  private static float grey(float[] frame, int pixel) {
    return Math.max(frame[pixel * 3], Math.max(frame[pixel * 3 + 1], frame[pixel * 3 + 2]));
  }

  /**
   * Arbitrary discs, overlapping and over the edge, compared with the recipe carried out step by
   * step.
   */
  @Property(tries = 300)
  void framesFollowTheRecipe(@ForAll long stream, @ForAll @IntRange(min = 1, max = 4) int bodies) {
    var rng = new PhiloxRandom(23, stream);
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
    float[] frame = new float[resolution * resolution * 3 + 2];
    frame[0] = -1;
    frame[frame.length - 1] = -1;
    new PublishedRenderer(resolution).draw(system, q, frame, 1);
    float[] expected = recipe(resolution, colours, radii, q);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], frame[i + 1], 1e-6f, "at " + i);
    }
    assertEquals(-1, frame[0]);
    assertEquals(-1, frame[frame.length - 1]);
  }

  @Test
  void motionWithinAPixelIsInvisible() {
    Renderer renderer = new PublishedRenderer(32);
    float[] a = new float[renderer.frameLength()];
    float[] b = a.clone();
    renderer.draw(new MassSpring(), new double[] {0.01}, a, 0);
    renderer.draw(new MassSpring(), new double[] {0.12}, b, 0);
    assertArrayEquals(a, b);
  }

  @Test
  void bodiesBelowAPixelAreRefused() {
    var dot = new FreeDiscs(2, new int[1], 0.1);
    float[] frame = new float[32 * 32 * 3];
    var e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new PublishedRenderer(32).draw(dot, new double[2], frame, 0));
    assertTrue(e.getMessage().contains("smaller than a pixel"), e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> new PublishedRenderer(0));
    assertThrows(IllegalArgumentException.class, () -> Renderers.byName("rough", 32));
    assertEquals("published", Renderers.byName("published", 32).name());
    assertEquals(64, Renderers.byName("smooth", 64).resolution());
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
            for (int c = 0; c < 3; c++) {
              image[(i * n + j) * 3 + c] = COLOURS[colours[b]][c] / 255.0;
            }
          }
        }
      }
    }
    image = blurred(blurred(image, n), n);
    float[] frame = new float[image.length];
    for (int i = 0; i < frame.length; i++) {
      frame[i] = (float) Math.min(1, image[i] + BACKGROUND[i % 3] / 255.0);
    }
    return frame;
  }

  private static double[] blurred(double[] in, int n) {
    double[] out = new double[in.length];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        int up = i == 0 ? 1 : i - 1;
        int left = j == 0 ? 1 : j - 1;
        for (int c = 0; c < 3; c++) {
          out[(i * n + j) * 3 + c] =
              (in[(i * n + j) * 3 + c]
                      + in[(up * n + j) * 3 + c]
                      + in[(i * n + left) * 3 + c]
                      + in[(up * n + left) * 3 + c])
                  / 4;
        }
      }
    }
    return out;
  }
}
