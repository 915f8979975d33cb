package hgn.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LossCurvesTest {
  @TempDir Path folder;

  @Test
  void everySeriesGetsAPanelWithItsLine() throws IOException {
    double[] steps = IntStream.range(0, 5000).asDoubleStream().toArray();
    Map<String, double[]> series = new LinkedHashMap<>();
    series.put("loss", Arrays.stream(steps).map(s -> Math.exp(-s / 1000)).toArray());
    series.put("constraint", Arrays.stream(steps).map(s -> 1 - s / 1000).toArray());
    series.put("lambda", Arrays.stream(steps).map(s -> 1).toArray());
    Path file = folder.resolve("curves.png");
    LossCurves.write(file, curves(steps, series));
    BufferedImage image = ImageIO.read(file.toFile());
    assertEquals(1280, image.getWidth());
    assertEquals(800, image.getHeight());
    assertTrue(blue(image, 0, 0) > 500);
    assertTrue(blue(image, 640, 0) > 500);
    assertTrue(blue(image, 0, 400) > 500);
    assertEquals(0, blue(image, 640, 400), "the fourth panel is empty");
  }

  /** On a logarithmic scale an exponential is a straight line: its middle is halfway down. */
  @Test
  void positiveSeriesAreLogarithmic() {
    double[] steps = IntStream.range(0, 1001).asDoubleStream().toArray();
    double[] values = Arrays.stream(steps).map(s -> Math.pow(10, 2 - s / 250)).toArray();
    BufferedImage image = LossCurves.draw(List.of(new Curve("loss", steps, values)));
    int first = 0;
    int last = 0;
    for (int x = 0; x < image.getWidth(); x++) {
      if (height(image, x) >= 0) {
        first = first == 0 ? x : first;
        last = x;
      }
    }
    double middle = height(image, (first + last) / 2);
    assertEquals((height(image, first + 3) + height(image, last - 3)) / 2, middle, 3);
  }

  @Test
  void brokenAndShortSeriesAreDrawnToo() {
    double[] steps = {0, 1, 2};
    Map<String, double[]> series =
        Map.of(
            "nothing", new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NaN},
            "gap", new double[] {1, Double.NaN, 3},
            "zero", new double[] {0, 0, 0});
    assertEquals(800, LossCurves.draw(curves(steps, series)).getHeight());
    assertEquals(
        400,
        LossCurves.draw(List.of(new Curve("one", new double[] {5}, new double[] {0.5})))
            .getHeight());
  }

  @Test
  void runningMeanSmoothsWithoutShift() {
    double[] line = IntStream.range(0, 1000).asDoubleStream().toArray();
    assertArrayEquals(line, LossCurves.smooth(line), 1e-9);
    double[] jagged = Arrays.stream(line).map(i -> i % 2).toArray();
    double[] smooth = LossCurves.smooth(jagged);
    for (int i = 10; i < 990; i++) {
      assertEquals(0.5, smooth[i], 0.03);
    }
    double[] holes = {1, Double.NaN, Double.POSITIVE_INFINITY, 4};
    assertArrayEquals(new double[] {1, Double.NaN, Double.NaN, 4}, LossCurves.smooth(holes));
  }

  @Test
  void seriesOfTheWrongLengthAreNamed() {
    var e =
        assertThrows(
            IllegalArgumentException.class, () -> new Curve("mse", new double[3], new double[2]));
    assertTrue(e.getMessage().contains("'mse' has 2 values for 3 steps"), e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> LossCurves.draw(List.of()));
  }

  private static List<Curve> curves(double[] steps, Map<String, double[]> series) {
    return series.entrySet().stream()
        .map(entry -> new Curve(entry.getKey(), steps, entry.getValue()))
        .toList();
  }

  /** Mean height of the dark blue line in column x, or -1. */
  private static double height(BufferedImage image, int x) {
    double sum = 0;
    int count = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      if ((image.getRGB(x, y) & 0xFFFFFF) == 0x1F5FA8) {
        sum += y;
        count++;
      }
    }
    return count == 0 ? -1 : sum / count;
  }

  private static int blue(BufferedImage image, int left, int top) {
    int count = 0;
    for (int rgb : image.getRGB(left, top, 640, 400, null, 0, 640)) {
      count += (rgb & 0xFFFFFF) == 0x1F5FA8 ? 1 : 0;
    }
    return count;
  }
}
