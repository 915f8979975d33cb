package hgn.films;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hgn.files.StorageException;
import hgn.films.pictures.PictureFile;
import hgn.films.source.DamagedFilmException;
import hgn.films.source.FilmSource;
import hgn.films.source.Frame;
import hgn.testing.FilmsFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Films written by other programs are read exactly. */
class FilmFormatsTest {
  /** Half an 8-bit level, in float32. */
  private static final float ROUNDING = 1e-7f;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "folders, 3, 3, false",
    "u1.npy, 3, 3, false",
    "f4-fortran.npy, 3, 1, true",
    "f8-channels-first.npy, 3, 3, true",
    "f4-big-endian.npy, 1, 3, true",
    "one-gray.npy, 1, 1, false",
    "stored.npz, 3, 3, false",
    "deflated.npz, 3, 1, true",
    "contiguous.h5, 3, 3, false",
    "chunked.h5, 3, 1, true",
    "cycle.h5, 3, 1, false",
    "folders/film0, 1, 3, false"
  })
  void losslessFilmsHoldWhatWasWritten(String name, int films, int channels, boolean isFloat) {
    try (FilmSource source = FilmSources.open(FilmsFixture.path(name), "")) {
      assertEquals(films, source.films().size());
      assertEquals(isFloat, source.isFloat());
      for (int n = 0; n < films; n++) {
        requirePattern(n, FilmsFixture.frames(source, n), channels);
      }
    }
  }

  private static void requirePattern(int film, List<Frame> frames, int channels) {
    assertEquals(FilmsFixture.FRAMES, frames.size());
    for (int t = 0; t < frames.size(); t++) {
      Frame frame = frames.get(t);
      assertEquals(FilmsFixture.WIDTH, frame.width());
      assertEquals(FilmsFixture.HEIGHT, frame.height());
      assertEquals(channels, frame.channels());
      int at = 0;
      for (int i = 0; i < FilmsFixture.HEIGHT; i++) {
        for (int j = 0; j < FilmsFixture.WIDTH; j++) {
          for (int c = 0; c < channels; c++) {
            float expected = FilmsFixture.level(film, t, i, j, c) / 255f;
            assertEquals(expected, frame.values()[at++], ROUNDING, "frame " + t);
          }
        }
      }
    }
  }

  /** Frames stacked vertically in one picture. */
  @Test
  void recordsOfTheDynamicsSuite() {
    try (FilmSource source = FilmSources.open(FilmsFixture.path("records"), "")) {
      assertEquals(
          List.of("test.tfrecord[0]", "train.tfrecord[0]", "train.tfrecord[1]"), source.films());
      assertEquals(0.05, source.dt().orElseThrow());
      int[] numbers = {2, 0, 1};
      for (int film = 0; film < numbers.length; film++) {
        List<Frame> frames = FilmsFixture.frames(source, film);
        requirePattern(numbers[film], frames, 3);
        double first = 100 * numbers[film] + 4;
        assertArrayEquals(
            new double[] {first, first + 1, first + 2, first + 3}, frames.get(1).state());
      }
    }
  }

  @Test
  void anArchiveMayTellStatesAndTime() {
    try (FilmSource source = FilmSources.open(FilmsFixture.path("stored.npz"), "")) {
      assertEquals(0.25, source.dt().orElseThrow());
      Frame frame = FilmsFixture.frames(source, 1).get(2);
      assertArrayEquals(new double[] {26, 27, -26, -27}, frame.state());
    }
  }

  @Test
  void aGifIsLaidOverItself() {
    try (FilmSource source = FilmSources.open(FilmsFixture.path("moving.gif"), "")) {
      assertEquals(0.04, source.dt().orElseThrow(), 1e-12);
      List<Frame> frames = FilmsFixture.frames(source, 0);
      assertEquals(5, frames.size());
      for (int t = 0; t < frames.size(); t++) {
        float[] values = frames.get(t).values();
        for (int pixel = 0; pixel < values.length / 3; pixel++) {
          float expected = pixel == t * 12 + 2 * t ? 1 : 0;
          assertEquals(expected, values[3 * pixel], "frame " + t + ", pixel " + pixel);
        }
      }
    }
  }

  @Test
  void videosAreReadByFfmpegWhereThereIsOne() throws InterruptedException {
    assumeTrue(hasFfmpeg(), "no ffmpeg");
    for (String name : List.of("test.mp4", "test.avi")) {
      try (FilmSource source = FilmSources.open(FilmsFixture.path(name), "")) {
        assertEquals(0.1, source.dt().orElseThrow(), 1e-9);
        List<Frame> frames = FilmsFixture.frames(source, 0);
        assertEquals(10, frames.size(), name);
        assertEquals(48, frames.get(0).width());
        assertEquals(32, frames.get(0).height());
        assertTrue(mean(frames.get(0)) > 0.2, "the test picture is bright");
      }
    }
  }

  /** A file name with numbers is not a frame name, and truncated pictures are rejected. */
  @Test
  void videosAreNotBelievedByTheirNames() throws IOException, InterruptedException {
    assumeTrue(hasFfmpeg(), "no ffmpeg");
    Path named = folder.resolve("a Video: demo 64x64, 5 fps, take.mp4");
    Files.copy(FilmsFixture.path("test.mp4"), named);
    try (FilmSource source = FilmSources.open(named, "")) {
      assertEquals(0.1, source.dt().orElseThrow(), 1e-9);
      assertEquals(48, FilmsFixture.frames(source, 0).get(0).width());
    }
    byte[] whole = Files.readAllBytes(FilmsFixture.path("test.avi"));
    Path cut = Files.write(folder.resolve("cut.avi"), Arrays.copyOf(whole, whole.length * 2 / 3));
    try (FilmSource source = FilmSources.open(cut, "")) {
      assertThrows(DamagedFilmException.class, () -> FilmsFixture.frames(source, 0));
    }
  }

  /**
   * A sheet or a thumbnail beside films is ignored; as many pictures as in a film are ambiguous.
   */
  @Test
  void fewPicturesBesideFilmsAreNotMeant() throws IOException {
    for (String name : List.of("a.gif", "b.gif")) {
      Files.copy(FilmsFixture.path("moving.gif"), folder.resolve(name));
    }
    Path picture = FilmsFixture.path("folders/film0/frame0.png");
    Files.copy(picture, folder.resolve("sheet.png"));
    try (FilmSource source = FilmSources.open(folder, "")) {
      assertEquals(List.of("a.gif", "b.gif"), source.films());
    }
    for (int i = 0; i < 5; i++) {
      Files.copy(picture, folder.resolve("frame" + i + ".png"));
    }
    StorageException asked =
        assertThrows(StorageException.class, () -> FilmSources.open(folder, ""));
    assertTrue(
        asked.getMessage().contains("6 pictures in it, and films beside"), asked.getMessage());
  }

  private static boolean hasFfmpeg() throws InterruptedException {
    try {
      return new ProcessBuilder("ffmpeg", "-version")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException missing) {
      return false;
    }
  }

  private static double mean(Frame frame) {
    double sum = 0;
    for (float value : frame.values()) {
      sum += value;
    }
    return sum / frame.values().length;
  }

  @ParameterizedTest
  @CsvSource({"gray16.png, 1", "gray8.png, 1", "alpha.png, 3"})
  void picturesKeepTheirLevels(String name, int channels) {
    Frame frame = PictureFile.read(FilmsFixture.path("pictures").resolve(name));
    assertEquals(channels, frame.channels());
    for (int i = 0; i < FilmsFixture.HEIGHT; i++) {
      for (int j = 0; j < FilmsFixture.WIDTH; j++) {
        float value = frame.values()[(i * FilmsFixture.WIDTH + j) * channels];
        assertEquals(FilmsFixture.level(0, 0, i, j, 0) / 255f, value, 1e-6f);
      }
    }
  }

  @Test
  void lossyAndIndexedPicturesComeNear() {
    Frame palette = PictureFile.read(FilmsFixture.path("pictures/palette.png"));
    assertEquals(3, palette.channels());
    assertEquals(
        FilmsFixture.level(0, 0, 3, 4, 1) / 255f, palette.values()[(3 * 8 + 4) * 3 + 1], 0.03f);
    Frame jpeg = PictureFile.read(FilmsFixture.path("pictures/gray.jpg"));
    assertEquals(1, jpeg.channels());
    assertEquals(6 * (5 + 7) / 255f, jpeg.values()[5 * 24 + 7], 0.03f);
  }

  @Test
  void ofSeveralArraysOneIsChosen() {
    StorageException asked =
        assertThrows(
            StorageException.class, () -> FilmSources.open(FilmsFixture.path("two.npz"), ""));
    assertTrue(asked.getMessage().contains("--set data.films-key=a"), asked.getMessage());
    try (FilmSource source = FilmSources.open(FilmsFixture.path("two.npz"), "b")) {
      assertEquals(3, source.films().size());
    }
    StorageException unknown =
        assertThrows(
            StorageException.class, () -> FilmSources.open(FilmsFixture.path("two.npz"), "c"));
    assertTrue(unknown.getMessage().contains("no array 'c'"), unknown.getMessage());
    try (FilmSource source = FilmSources.open(FilmsFixture.path("chunked.h5"), "data/films")) {
      assertFalse(source.isRandomAccess());
    }
  }

  @Test
  void typesThatAreNoFilmsAreNamed() {
    StorageException wrong =
        assertThrows(
            StorageException.class, () -> FilmSources.open(FilmsFixture.path("i2.npy"), ""));
    assertTrue(wrong.getMessage().contains("of type <i2"), wrong.getMessage());
    assertTrue(wrong.getMessage().contains("astype('uint8')"), wrong.getMessage());
  }
}
