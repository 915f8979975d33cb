package hgn.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineChartTest {
  private static final double[] X = {0, 1, 2, 3, 4};

  /** Number of coloured pixels: lines and their legend entries. */
  private static long coloured(BufferedImage image) {
    return IntStream.range(0, image.getWidth() * image.getHeight())
        .map(i -> image.getRGB(i % image.getWidth(), i / image.getWidth()))
        .filter(rgb -> Math.abs((rgb >> 16 & 0xff) - (rgb & 0xff)) > 40)
        .count();
  }

  /** The picture without the legend at its right. */
  private static BufferedImage plot(BufferedImage image) {
    return image.getSubimage(0, 0, image.getWidth() * 4 / 5, image.getHeight());
  }

  private static BufferedImage written(Path folder, LineChart... charts) throws Exception {
    Path file = folder.resolve("chart.png");
    LineChart.write(file, List.of(charts));
    return ImageIO.read(file.toFile());
  }

  @Test
  void chartsStandOneBelowTheOther(@TempDir Path folder) throws Exception {
    LineChart one = new LineChart("a", "x", "y").add("line", X, new double[] {1, 2, 3, 4, 5});
    LineChart two = new LineChart("b", "x", "y").add("line", X, new double[] {5, 4, 3, 2, 1});
    int height = written(folder, one).getHeight();
    assertEquals(2 * height, written(folder, one, two).getHeight());
  }

  @Test
  void everyLineIsDrawn(@TempDir Path folder) throws Exception {
    LineChart chart = new LineChart("a", "x", "y").add("first", X, new double[] {1, 2, 3, 4, 5});
    long one = coloured(written(folder, chart));
    chart.add("second", X, new double[] {100, 300, 200, 300, 100});
    assertTrue(coloured(written(folder, chart)) > one + 100);
  }

  @Test
  void aPointAloneIsSeen(@TempDir Path folder) throws Exception {
    double[] x = {1};
    LineChart point = new LineChart("a", "x", "y").add("l", x, new double[] {5});
    double[] gaps = {0, 0, 5, 0, 0};
    LineChart among = new LineChart("a", "x", "y").add("l", X, gaps);
    assertTrue(coloured(plot(written(folder, point))) > 30);
    assertTrue(coloured(plot(written(folder, among))) > 30);
  }

  @Test
  void whatCannotBeShownLeavesAGap(@TempDir Path folder) throws Exception {
    LineChart whole = new LineChart("a", "x", "y").add("l", X, new double[] {1, 10, 100, 10, 1});
    double[] gap = {1, 10, 0, Double.POSITIVE_INFINITY, Double.NaN};
    LineChart part = new LineChart("a", "x", "y").add("l", X, gap);
    assertTrue(coloured(written(folder, part)) < coloured(written(folder, whole)));
  }
}
