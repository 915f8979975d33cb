package hgn.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.testing.FilmsForTests;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilmstripTest {
  private static final int WHITE = 0xFFFFFF;
  private static final int CELL = 32 * 4;
  private static final int GAP = 4;
  private static final int MARGIN = 12;

  @TempDir Path folder;

  @Test
  void framesStandInTheirPlacesUnchanged() throws IOException {
    Film truth = FilmsForTests.film("truth", "pendulum", 34);
    Film prediction = FilmsForTests.noisy("prediction", truth, 0.02);
    Film error = Film.difference("error", truth, prediction, 0.1);
    List<Film> rows = List.of(truth, prediction, error);
    Path file = folder.resolve("strip.png");
    new Filmstrip(0.125).write(file, rows);
    BufferedImage image = ImageIO.read(file.toFile());
    int left = image.getWidth() - MARGIN - 10 * (CELL + GAP) + GAP;
    int top = image.getHeight() - MARGIN - 3 * (CELL + GAP) + GAP;
    assertTrue(left > 60 && left < 200, "room for labels: " + left);
    assertTrue(top > 20 && top < 60, "room for times: " + top);
    int[] shown = {0, 4, 7, 11, 15, 18, 22, 26, 29, 33};
    for (int row = 0; row < 3; row++) {
      for (int column = 0; column < 10; column++) {
        for (int i = 0; i < CELL; i += 3) {
          for (int j = 0; j < CELL; j += 3) {
            int x = left + column * (CELL + GAP) + j;
            int y = top + row * (CELL + GAP) + i;
            assertEquals(
                rows.get(row).rgb(shown[column], i / 4, j / 4), image.getRGB(x, y) & WHITE);
          }
        }
      }
    }
    assertEquals(WHITE, image.getRGB(0, 0) & WHITE);
    assertEquals(WHITE, image.getRGB(left + CELL, top) & WHITE, "gap between frames");
    assertTrue(ink(image, 0, top, left, image.getHeight() - top) > 50, "row labels");
    assertTrue(ink(image, left, 0, image.getWidth() - left, top) > 50, "frame times");
  }

  @Test
  void shortFilmsShowEveryFrameOnce() {
    Film film = FilmsForTests.film("truth", "mass-spring", 3);
    int three = new Filmstrip(0.125).draw(List.of(film)).getWidth();
    int two = new Filmstrip(0, 0.125, 2, 4).draw(List.of(film)).getWidth();
    int one = new Filmstrip(0, 0.125, 1, 4).draw(List.of(film)).getWidth();
    assertEquals(CELL + GAP, three - two);
    assertEquals(CELL + GAP, two - one);
  }

  @Test
  void filmsThatDoNotMatchAreRefused() {
    Film film = FilmsForTests.film("truth", "mass-spring", 3);
    Film shorter = FilmsForTests.film("prediction", "mass-spring", 2);
    var strip = new Filmstrip(0.125);
    var e = assertThrows(IllegalArgumentException.class, () -> strip.draw(List.of(film, shorter)));
    assertTrue(e.getMessage().contains("'prediction' has 2"), e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> strip.draw(List.of()));
    assertThrows(IllegalArgumentException.class, () -> new Filmstrip(0, 0.125, 0, 4));
  }

  private static int ink(BufferedImage image, int x, int y, int width, int height) {
    int dark = 0;
    for (int rgb : image.getRGB(x, y, width, height, null, 0, width)) {
      dark += (rgb & 0xFF) < 0x80 ? 1 : 0;
    }
    return dark;
  }
}
