package hgn.films;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.films.source.FilmProgress;
import hgn.films.source.FrameResizer;
import hgn.testing.FilmsFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Windows of films of 11 frames each, which start at different levels. */
class RecordedRolloutsTest {
  @TempDir Path folder;
  private FilmSet set;

  @BeforeEach
  void read() throws IOException {
    Path file = Files.copy(FilmsFixture.path("stored.npz"), folder.resolve("films.npz"));
    set = FilmSet.open(file, "", new FrameResizer(4, 1, false), false, FilmProgress.SILENT);
  }

  private RecordedRollouts windows(int frames, int every, int stride) {
    return new RecordedRollouts(
        set, new int[] {2, 0}, new RecordedRollouts.Cut(frames, every, stride, 0.5 * every), 0.4);
  }

  private float[] frame(int film, int number) {
    float[] frame = new float[set.frameLength()];
    set.read(film, number, frame, 0);
    return frame;
  }

  @Test
  void windowsOverlapByTheirStride() {
    assertEquals(2 * 8, windows(4, 1, 1).count());
    assertEquals(2 * 2, windows(4, 1, 5).count());
    assertEquals(2 * 1, windows(11, 1, 3).count());
    assertEquals(0, windows(12, 1, 1).count());
    assertEquals(2 * 5, windows(4, 2, 1).count(), "they cover 7 frames");
    RecordedRollouts windows = windows(3, 2, 3);
    float[] film = new float[windows.rolloutLength()];
    windows.render(4, film, 0); // 3 windows per film: the second of film 0
    for (int t = 0; t < 3; t++) {
      float[] shown = Arrays.copyOfRange(film, t * 16, (t + 1) * 16);
      assertArrayEquals(frame(0, 3 + 2 * t), shown);
    }
    assertThrows(IllegalArgumentException.class, () -> windows.render(6, film, 0));
  }

  @Test
  void otherPacesAreShownAsFarAsFilmsGo() {
    RecordedRollouts windows = windows(3, 2, 3);
    float[] back = windows.film(1, 1, -1, 3).orElseThrow(); // from frame 5 of film 2
    assertArrayEquals(frame(2, 5), Arrays.copyOf(back, 16));
    assertArrayEquals(frame(2, 1), Arrays.copyOfRange(back, 32, 48));
    float[] half = windows.film(1, 0, 0.5, 4).orElseThrow();
    assertArrayEquals(frame(2, 6), Arrays.copyOfRange(half, 48, 64), "frames between frames");
    assertTrue(windows.film(1, 0, 0.25, 2).isEmpty(), "no frame lies there");
    assertTrue(windows.film(1, 0, 2, 4).isEmpty(), "the film has ended");
    assertTrue(windows.film(0, 0, -1, 2).isEmpty(), "the film has not begun");
    assertEquals(16, windows.film(0, 0, -1, 1).orElseThrow().length);
  }

  @Test
  void cutToOtherLengthsTheyBeginWhereTheyDid() {
    RecordedRollouts windows = windows(3, 2, 3);
    float[] film = new float[2 * 16];
    windows.withFrames(2).render(4, film, 0);
    assertArrayEquals(frame(0, 3), Arrays.copyOf(film, 16));
    RecordedRollouts longer = windows.withFrames(6);
    assertEquals(6, longer.states(0).orElseThrow().length);
    assertTrue(longer.states(1).isEmpty(), "the film ends before");
    assertArrayEquals(set.state(2, 4), longer.states(0).orElseThrow()[2]);
  }

  @Property(tries = 200)
  void setsShareNoFilm(
      @ForAll @IntRange(min = 3, max = 300) int films,
      @ForAll @DoubleRange(min = 0.01, max = 0.33) double share,
      @ForAll long seed) {
    FilmSplit split = FilmSplit.of(films, share, seed);
    Set<Integer> all = new HashSet<>();
    IntStream.of(split.train()).forEach(all::add);
    IntStream.of(split.validation()).forEach(all::add);
    IntStream.of(split.test()).forEach(all::add);
    assertEquals(films, all.size());
    assertEquals(films, split.train().length + split.validation().length + split.test().length);
    assertEquals(split.test().length, split.validation().length);
    assertTrue(split.test().length >= 1 && split.train().length >= 1);
  }

  @Test
  void tooFewFilmsAreNotSplit() {
    assertArrayEquals(FilmSplit.of(2, 0, 0).train(), FilmSplit.of(2, 0, 0).test());
    for (int films = 1; films < 3; films++) {
      int few = films;
      IllegalArgumentException refused =
          assertThrows(IllegalArgumentException.class, () -> FilmSplit.of(few, 0.1, 0));
      assertTrue(refused.getMessage().contains("data.test-share=0"), refused.getMessage());
    }
    assertThrows(IllegalArgumentException.class, () -> FilmSplit.of(4, 0.49, 0));
  }
}
