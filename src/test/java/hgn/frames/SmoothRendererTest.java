package hgn.frames;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.physics.MassSpring;
import hgn.physics.PhysicalSystem;
import hgn.random.PhiloxRandom;
import hgn.testing.FreeDiscs;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SmoothRendererTest {
  private static final double RED = 173 / 255.0;
  private static final double BACKGROUND_RED = 81 / 255.0;
  private static final double BACKGROUND_GREEN = 88 / 255.0;
  private static final double BACKGROUND_BLUE = 93 / 255.0;

  /** Each pixel's covered fraction, compared with counting fine sample points. */
  @Property(tries = 60)
  void coverageIsThePixelsShareOfTheDisc(
      @ForAll @DoubleRange(min = -3, max = 11) double x,
      @ForAll @DoubleRange(min = -3, max = 11) double y,
      @ForAll @IntRange(min = 1, max = 5) int radius) {
    int samples = 100;
    var columns = new DiscCoverage.Edges(x, radius, 0, 8);
    var rows = new DiscCoverage.Edges(y, radius, 0, 8);
    for (int i = 0; i < 8; i++) {
      for (int j = 0; j < 8; j++) {
        int inside = 0;
        for (int a = 0; a < samples; a++) {
          for (int b = 0; b < samples; b++) {
            double dy = i + (a + 0.5) / samples - y;
            double dx = j + (b + 0.5) / samples - x;
            inside += dx * dx + dy * dy <= radius * radius ? 1 : 0;
          }
        }
        double expected = inside / (double) (samples * samples);
        assertEquals(expected, DiscCoverage.of(columns, j, rows, i), 3e-3);
      }
    }
  }

  /** A disc well inside the image: its area is pi r^2, its centre of mass where the body is. */
  @Property(tries = 200)
  void areaAndCentreAreExact(
      @ForAll @DoubleRange(min = -1.4, max = 1.4) double x,
      @ForAll @DoubleRange(min = -1.4, max = 1.4) double y) {
    float[] frame = draw(new FreeDiscs(2, new int[] {1}, 0.5), x, y);
    double area = 0;
    double momentX = 0;
    double momentY = 0;
    for (int i = 0; i < 32; i++) {
      for (int j = 0; j < 32; j++) {
        double covered = (frame[(i * 32 + j) * 3] - BACKGROUND_RED) / RED;
        area += covered;
        momentX += covered * (j + 0.5);
        momentY += covered * (i + 0.5);
      }
    }
    assertEquals(Math.PI * 16, area, 1e-4);
    // Antialiasing places a pixel's covered area at its middle; that moves the centre by a
    // few hundredths at most.
    assertEquals(32 * (x + 2) / 4, momentX / area, 0.02);
    assertEquals(32 * (y + 2) / 4, momentY / area, 0.02);
  }

  @Test
  void smallestMotionIsVisible() {
    float[] a = draw(new MassSpring(), 0.01);
    float[] b = draw(new MassSpring(), 0.0101);
    double change = 0;
    for (int i = 0; i < a.length; i++) {
      change = Math.max(change, Math.abs(a[i] - b[i]));
    }
    assertTrue(change > 1e-4 && change < 2e-3, "changed by " + change);
  }

  @Test
  void coloursAreThePublishedOnes() {
    float[] frame = draw(new MassSpring(), 0);
    int centre = (16 * 32 + 16) * 3;
    assertEquals(254 / 255.0, frame[centre], 1e-6);
    assertEquals(234 / 255.0, frame[centre + 1], 1e-6);
    assertEquals(93 / 255.0, frame[centre + 2], 1e-6);
    assertEquals(BACKGROUND_RED, frame[0], 1e-6);
    assertEquals(BACKGROUND_GREEN, frame[1], 1e-6);
    assertEquals(BACKGROUND_BLUE, frame[2], 1e-6);
  }

  /** A later disc covers an earlier one in proportion to the covered fraction of the pixel. */
  @Property(tries = 100)
  void laterDiscsCoverEarlierOnes(@ForAll long stream) {
    var rng = new PhiloxRandom(29, stream);
    double[] q = {rng.uniform(-2, 2), rng.uniform(-2, 2), rng.uniform(-2, 2), rng.uniform(-2, 2)};
    float[] both = draw(new FreeDiscs(2, new int[] {1, 2}, 0.75, 0.5), q);
    float[] red = draw(new FreeDiscs(2, new int[] {1}, 0.75), q[0], q[1]);
    float[] green = draw(new FreeDiscs(2, new int[] {2}, 0.5), q[2], q[3]);
    for (int i = 0; i < both.length; i += 3) {
      double covered = (green[i + 1] - BACKGROUND_GREEN) / (146 / 255.0);
      double left = (red[i] - BACKGROUND_RED) * (1 - covered);
      assertEquals(BACKGROUND_RED + left, both[i], 1e-6);
      assertEquals(green[i + 1], both[i + 1], 1e-6);
      assertEquals(BACKGROUND_BLUE, both[i + 2], 1e-6);
    }
  }

  private static float[] draw(PhysicalSystem system, double... q) {
    float[] frame = new float[32 * 32 * 3];
    new SmoothRenderer(32).draw(system, q, frame, 0);
    return frame;
  }
}
