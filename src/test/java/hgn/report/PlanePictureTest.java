package hgn.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanePictureTest {
  private static final int SIDE = 360;

  @TempDir Path folder;

  /** The panel's square, found by its grey frame; a letter's edge is as grey here and there. */
  private static int[] corner(BufferedImage image) {
    for (int y = 0; y < image.getHeight() - 1; y++) {
      for (int x = 0; x < image.getWidth() - 1; x++) {
        if (isGrey(image, x, y) && isGrey(image, x + 1, y) && isGrey(image, x, y + 1)) {
          return new int[] {x, y};
        }
      }
    }
    throw new AssertionError("there is no frame");
  }

  private static boolean isGrey(BufferedImage image, int x, int y) {
    return (image.getRGB(x, y) & 0xFFFFFF) == 0xC0C0C0;
  }

  @Test
  void highValuesAreDarkAndTheTopRowIsOnTop() {
    double[] values = {0, 0, 0, 0, 1, 0, 0.5, 0, 0}; // middle, and below at the left
    BufferedImage image = PlanePicture.draw(List.of(PlanePicture.density("density", 3, values, 1)));
    int[] at = corner(image);
    int middle = brightness(image, at[0] + SIDE / 2, at[1] + SIDE / 2);
    int lowLeft = brightness(image, at[0] + SIDE / 6, at[1] + 5 * SIDE / 6);
    int topLeft = brightness(image, at[0] + SIDE / 6, at[1] + SIDE / 6);
    assertTrue(middle < 120, "middle " + middle);
    assertTrue(lowLeft > middle && lowLeft < 600, "low left " + lowLeft);
    assertEquals(765, topLeft);
  }

  @Test
  void pointsLieWhereTheyAreAndThoseOutsideNowhere() {
    double[] points = {0.5, 0.5, 40, 40};
    BufferedImage image = PlanePicture.draw(List.of(PlanePicture.points("points", 1, points)));
    int[] at = corner(image);
    assertTrue(brightness(image, at[0] + 3 * SIDE / 4, at[1] + SIDE / 4) < 600);
    assertEquals(765, brightness(image, at[0] + 3 * SIDE / 4, at[1] + 3 * SIDE / 4));
  }

  private static int brightness(BufferedImage image, int x, int y) {
    int rgb = image.getRGB(x, y);
    return (rgb >> 16 & 255) + (rgb >> 8 & 255) + (rgb & 255);
  }

  @Test
  void theGridHasTheOrderOfTheImage() {
    double[] grid = PlanePicture.grid(3, 3);
    double[] expected = {-2, 2, 0, 2, 2, 2, -2, 0, 0, 0, 2, 0, -2, -2, 0, -2, 2, -2};
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], grid[i], 1e-15);
    }
  }

  @Test
  void fourPanelsMakeASquareInAFile() throws IOException {
    PlanePicture.Panel panel = PlanePicture.points("points", 1, new double[] {0, 0});
    Path file = folder.resolve("four.png");
    PlanePicture.write(file, List.of(panel, panel, panel, panel));
    BufferedImage image = ImageIO.read(file.toFile());
    assertTrue(image.getWidth() > 2 * SIDE && image.getWidth() < 2.3 * SIDE);
    assertTrue(image.getHeight() > 2 * SIDE && image.getHeight() < 2.4 * SIDE);
  }

  @Test
  void valuesThatAreNoSquareAreRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> PlanePicture.density("density", 3, new double[8], 1));
  }

  @Test
  void theScaleDarkensAllTheWay() {
    int before = 766;
    for (int i = 0; i <= 100; i++) {
      int rgb = Heat.rgb(i / 100.0);
      int sum = (rgb >> 16 & 255) + (rgb >> 8 & 255) + (rgb & 255);
      assertTrue(sum < before, i + ": " + sum);
      before = sum;
    }
    assertEquals(Heat.rgb(1), Heat.rgb(7));
    assertEquals(0xFFFFFF, Heat.rgb(-1));
  }
}
