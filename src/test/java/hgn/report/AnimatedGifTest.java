package hgn.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.testing.FilmsForTests;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnimatedGifTest {
  private static final int MARGIN = 12;
  private static final int GAP = 8;
  private static final int CELL = 32 * 6;

  @TempDir Path folder;

  @Test
  void publishedFilmsKeepTheirColoursExactly() throws IOException {
    Film film = FilmsForTests.film("truth", "mass-spring", 12);
    Animation animation = write(new AnimatedGif(0.125), List.of(film));
    assertEquals(12, animation.frames.size());
    assertEquals(0, worst(animation, List.of(film)));
  }

  @Test
  void noisyFilmsComeOutWithinThePalettesError() throws IOException {
    Film truth = FilmsForTests.film("truth", "pendulum", 12);
    Film prediction = FilmsForTests.noisy("prediction", truth, 0.01);
    Animation animation = write(new AnimatedGif(0.125), List.of(truth, prediction));
    BufferedImage first = animation.frames.get(0);
    assertEquals(2 * MARGIN + 2 * CELL + GAP, first.getWidth());
    assertTrue(worst(animation, List.of(truth, prediction)) <= 12);
    int background = truth.rgb(0, 0, 0);
    for (BufferedImage frame : animation.frames) {
      assertEquals(0xFFFFFF, frame.getRGB(0, 0) & 0xFFFFFF, "the sheet stays white");
      assertEquals(
          background,
          frame.getRGB(MARGIN, top(first)) & 0xFFFFFF,
          "the truth's background is exact");
    }
  }

  @Test
  void framesPlayInRealTimeForEver() throws IOException {
    Film film = FilmsForTests.film("truth", "mass-spring", 3);
    Animation animation = write(new AnimatedGif(0.125), List.of(film));
    for (IIOMetadataNode root : animation.metadata) {
      var control = (IIOMetadataNode) root.getElementsByTagName("GraphicControlExtension").item(0);
      assertEquals("13", control.getAttribute("delayTime"));
      assertEquals("none", control.getAttribute("disposalMethod"));
      assertEquals("FALSE", control.getAttribute("transparentColorFlag"));
      assertEquals(
          0, root.getElementsByTagName("LocalColorTable").getLength(), "one palette for all");
    }
    var loop =
        (IIOMetadataNode)
            animation.metadata.get(0).getElementsByTagName("ApplicationExtension").item(0);
    assertEquals("NETSCAPE", loop.getAttribute("applicationID"));
    assertArrayEquals(new byte[] {1, 0, 0}, (byte[]) loop.getUserObject());
  }

  @Test
  void delayFollowsDtAndStaysPlayable() throws IOException {
    Film film = FilmsForTests.film("truth", "mass-spring", 2);
    assertEquals("25", delay(write(new AnimatedGif(-0.25), List.of(film))));
    assertEquals("2", delay(write(new AnimatedGif(0.001), List.of(film))));
  }

  @Test
  void filmsThatDoNotMatchAreRefused() {
    Film film = FilmsForTests.film("truth", "mass-spring", 3);
    Film shorter = FilmsForTests.film("prediction", "mass-spring", 2);
    var gif = new AnimatedGif(0.125);
    Path file = folder.resolve("x.gif");
    assertThrows(IllegalArgumentException.class, () -> gif.write(file, List.of(film, shorter)));
    assertThrows(IllegalArgumentException.class, () -> new AnimatedGif(0, 0.125, 0, 0.125));
  }

  private static String delay(Animation animation) {
    var root = animation.metadata.get(1);
    var control = (IIOMetadataNode) root.getElementsByTagName("GraphicControlExtension").item(0);
    return control.getAttribute("delayTime");
  }

  /** Largest difference in any channel of any pixel. */
  private static int worst(Animation animation, List<Film> films) {
    int worst = 0;
    int top = top(animation.frames.get(0));
    for (int t = 0; t < animation.frames.size(); t++) {
      for (int n = 0; n < films.size(); n++) {
        for (int i = 0; i < CELL; i++) {
          for (int j = 0; j < CELL; j++) {
            int shown = animation.frames.get(t).getRGB(MARGIN + n * (CELL + GAP) + j, top + i);
            int meant = films.get(n).rgb(t, i / 6, j / 6);
            for (int shift = 0; shift < 24; shift += 8) {
              worst = Math.max(worst, Math.abs((shown >> shift & 0xFF) - (meant >> shift & 0xFF)));
            }
          }
        }
      }
    }
    return worst;
  }

  /** First row of the frames: the first that is not white at their left edge. */
  private static int top(BufferedImage image) {
    int y = 0;
    while ((image.getRGB(MARGIN, y) & 0xFFFFFF) == 0xFFFFFF) {
      y++;
    }
    return y;
  }

  private Animation write(AnimatedGif gif, List<Film> films) throws IOException {
    Path file = folder.resolve("film.gif");
    gif.write(file, films);
    ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
    var animation = new Animation(new ArrayList<>(), new ArrayList<>());
    try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
      reader.setInput(in);
      for (int t = 0; t < reader.getNumImages(true); t++) {
        animation.frames.add(reader.read(t));
        animation.metadata.add(
            (IIOMetadataNode) reader.getImageMetadata(t).getAsTree("javax_imageio_gif_image_1.0"));
      }
    } finally {
      reader.dispose();
    }
    return animation;
  }

  private record Animation(List<BufferedImage> frames, List<IIOMetadataNode> metadata) {}
}
