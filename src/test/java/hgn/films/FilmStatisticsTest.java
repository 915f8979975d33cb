package hgn.films;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.films.source.FilmProgress;
import hgn.films.source.FrameResizer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Statistics reveal problems of films. */
class FilmStatisticsTest {
  private static final int FILMS = 4;
  private static final int FRAMES = 24;
  private static final int SIZE = 8;

  @TempDir Path folder;
  private int files;

  /** The level of a pixel. */
  @FunctionalInterface
  private interface Scene {
    double level(int film, int frame, int row, int column);
  }

  private FilmStatistics of(Scene scene) throws IOException {
    return of(FRAMES, scene);
  }

  private FilmStatistics of(int frames, Scene scene) throws IOException {
    String header =
        "{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d, %d, %d), }\n"
            .formatted(FILMS, frames, SIZE, SIZE);
    int numbers = FILMS * frames * SIZE * SIZE;
    ByteBuffer bytes =
        ByteBuffer.allocate(10 + header.length() + numbers * Float.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    bytes.putShort((short) header.length()).put(header.getBytes(StandardCharsets.US_ASCII));
    for (int i = 0; i < numbers; i++) {
      int frame = i / (SIZE * SIZE);
      int pixel = i % (SIZE * SIZE);
      bytes.putFloat(
          (float) scene.level(frame / frames, frame % frames, pixel / SIZE, pixel % SIZE));
    }
    Path file = Files.write(folder.resolve(files++ + ".npy"), bytes.array());
    return FilmStatistics.of(
        FilmSet.open(file, "", new FrameResizer(SIZE, 1, false), false, FilmProgress.SILENT));
  }

  /** A bright row on gray that moves by one pixel per frame. */
  private static double moving(int frame, int row) {
    return frame % SIZE == row ? 0.9 : 0.5;
  }

  @Test
  void errorsAreThoseOfTheirDefinitions() throws IOException {
    FilmStatistics statistics = of((film, frame, i, j) -> moving(frame, i));
    double share = 1.0 / SIZE;
    double variance = 0.4 * 0.4 * share * (1 - share);
    assertEquals(variance, statistics.constantImage(), 1e-6);
    assertEquals(variance, statistics.meanFrame(), 1e-6, "all films are alike");
    assertEquals(0.4 * 0.4 * 2 * share * (1 - share), statistics.persistence(), 1e-6);
    assertEquals(0, statistics.repeated());
    assertFalse(statistics.hasCut());
    FilmStatistics different = of((film, frame, i, j) -> moving(frame, i) - 0.1 * film);
    assertEquals(variance, different.meanFrame(), 1e-6);
    assertEquals(variance + 0.0125, different.constantImage(), 1e-6);
  }

  @Test
  void noiseIsToldFromMotion() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    double sigma = 0.02;
    FilmStatistics noisy =
        of(
            (film, frame, i, j) ->
                0.5 + 0.2 * Math.sin(0.2 * frame) + sigma * random.nextGaussian());
    assertEquals(sigma * sigma, noisy.noise(), 0.15 * sigma * sigma);
    FilmStatistics clean = of((film, frame, i, j) -> 0.5 + 0.2 * Math.sin(0.2 * frame));
    assertTrue(clean.noise() < 1e-5, "smooth motion is no noise: " + clean.noise());
  }

  @Test
  void repeatsDriftAndCutsAreSeen() throws IOException {
    assertEquals(12.0 / 23, of((film, frame, i, j) -> moving(frame / 2, i)).repeated(), 1e-9);
    double drift = of((film, frame, i, j) -> moving(frame, i) - 0.2 * frame / FRAMES).drift();
    assertEquals(0.15, drift, 0.01);
    FilmStatistics cut =
        of(
            (film, frame, i, j) ->
                0.5 + 0.01 * Math.sin(frame + i) + (film == 2 && frame >= 9 ? 0.3 : 0));
    assertTrue(cut.hasCut());
    assertEquals("frame 9 of 2.npy[2]", cut.cut());
  }

  @Test
  void steadyFilmsOfAFewFramesDoNotDrift() throws IOException {
    for (int frames : new int[] {2, 4, 5, 6, 7}) { // three would be read as colours
      assertEquals(0, of(frames, (film, frame, i, j) -> 0.5).drift(), 1e-6, frames + " frames");
      double rising = of(frames, (film, frame, i, j) -> 0.1 * frame).drift();
      assertTrue(rising > 0.05, frames + " frames drift by " + rising);
    }
  }
}
