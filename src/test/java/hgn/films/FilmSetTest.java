package hgn.films;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.files.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Films are read once, kept beside their files, and known again. */
class FilmSetTest {
  private static final FrameFit SMALL = new FrameFit(4, 1, false);

  @TempDir Path folder;

  private Path copied(String name) throws IOException {
    Path source = FilmsFixture.path(name);
    Path target = folder.resolve(source.getFileName());
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.toList()) {
        Path to = target.resolve(source.relativize(file).toString());
        Files.createDirectories(to.getParent());
        Files.copy(file, to);
      }
    }
    return target;
  }

  private static FilmSet open(Path path, List<Integer> progress) {
    return FilmSet.open(path, "", SMALL, false, (done, total, frames) -> progress.add(done));
  }

  @Test
  void filmsAreReadOnceAndAgainWhenTheyChange() throws IOException {
    Path films = copied("folders");
    List<Integer> progress = new ArrayList<>();
    FilmSet first = open(films, progress);
    assertEquals(List.of(1, 2, 3), progress);
    assertEquals(3, first.count());
    assertEquals("film1", first.name(1));
    assertEquals(FilmsFixture.FRAMES, first.frames(1));
    assertTrue(first.wasResized());
    assertTrue(first.cacheFile().startsWith(films.toAbsolutePath()), "beside the films");

    FilmSet again = open(films, progress);
    assertEquals(3, progress.size(), "not read again");
    assertEquals(first.digest(), again.digest());

    Files.delete(films.resolve("film2/frame10.png"));
    FilmSet shorter = open(films, progress);
    assertEquals(6, progress.size(), "read again");
    assertEquals(FilmsFixture.FRAMES - 1, shorter.frames(2));
    assertNotEquals(first.digest(), shorter.digest());
  }

  /** Of every film, whatever thread read it, and whatever its values are kept as. */
  @Test
  void framesAreThoseOfTheFiles() throws IOException {
    for (String name : List.of("folders", "u1.npy", "deflated.npz", "chunked.h5")) {
      Path films = name.equals("folders") ? copied(name) : copiedFile(name);
      FilmSet set = open(films, new ArrayList<>());
      try (FilmSource source = FilmSources.open(films, "")) {
        for (int film = 0; film < set.count(); film++) {
          List<Frame> frames = FilmsFixture.frames(source, film);
          for (int t = 0; t < frames.size(); t++) {
            float[] expected = SMALL.apply(frames.get(t));
            float[] read = new float[set.frameLength()];
            set.read(film, t, read, 0);
            assertArrayEquals(expected, read, source.isFloat() ? 0 : 0.5f / 255 + 1e-6f, name);
          }
        }
      }
    }
  }

  private Path copiedFile(String name) throws IOException {
    return Files.copy(FilmsFixture.path(name), folder.resolve(name));
  }

  @Test
  void aCacheMayLieElsewhere() throws IOException {
    Path films = copied("folders");
    Path caches = folder.resolve("caches");
    FilmSet set = FilmSet.open(films, "", SMALL, false, Optional.of(caches), FilmProgress.SILENT);
    assertTrue(set.cacheFile().startsWith(caches));
    assertFalse(Files.exists(films.resolve(FilmSet.FOLDER)));
    Files.writeString(folder.resolve("file"), "no folder");
    StorageException refused =
        assertThrows(
            StorageException.class,
            () ->
                FilmSet.open(
                    films,
                    "",
                    SMALL,
                    false,
                    Optional.of(folder.resolve("file")),
                    FilmProgress.SILENT));
    assertTrue(refused.getMessage().contains("--set data.cache=DIR"), refused.getMessage());
  }

  @Test
  void statesAreKept() throws IOException {
    FilmSet set = open(copiedFile("stored.npz"), new ArrayList<>());
    assertTrue(set.hasStates());
    assertEquals(0.25, set.dt());
    assertArrayEquals(new double[] {26, 27, -26, -27}, set.state(1, 2));
    assertFalse(open(copiedFile("u1.npy"), new ArrayList<>()).hasStates());
  }

  @Test
  void damagedFilmsAreNamedOrPassedOver() throws IOException {
    Path films = copied("folders");
    Path damaged = films.resolve("film1/frame3.png");
    byte[] whole = Files.readAllBytes(damaged);
    Files.write(damaged, Arrays.copyOf(whole, whole.length / 2));
    DamagedFilmException named =
        assertThrows(DamagedFilmException.class, () -> open(films, new ArrayList<>()));
    assertTrue(named.getMessage().startsWith(damaged.toString()), named.getMessage());
    assertTrue(named.getMessage().contains("--skip-damaged"), named.getMessage());
    try (Stream<Path> left = Files.list(films.resolve(FilmSet.FOLDER))) {
      assertEquals(0, left.count(), "nothing half written stays");
    }

    FilmSet rest = FilmSet.open(films, "", SMALL, true, FilmProgress.SILENT);
    assertEquals(1, rest.skipped());
    assertEquals(List.of("film0", "film2"), List.of(rest.name(0), rest.name(1)));
    float[] frame = new float[rest.frameLength()];
    rest.read(1, 2, frame, 0);
    Frame original = PictureFile.read(films.resolve("film2/frame2.png"));
    assertArrayEquals(SMALL.apply(original), frame, 0.5f / 255 + 1e-6f, "the film after it");
  }

  @Test
  void aCacheThatIsCutIsMadeAnewAndOneThatLiesIsRefused() throws IOException {
    Path films = copied("folders");
    Path cache = open(films, new ArrayList<>()).cacheFile();
    byte[] whole = Files.readAllBytes(cache);
    for (int length : new int[] {0, 5, whole.length / 2, whole.length - 1}) {
      Files.write(cache, Arrays.copyOf(whole, length));
      List<Integer> progress = new ArrayList<>();
      assertEquals(3, open(films, progress).count());
      assertEquals(3, progress.size(), "made anew at " + length);
    }
    byte[] changed = Files.readAllBytes(cache);
    changed[20]++;
    Files.write(cache, changed);
    FilmSet set = open(films, new ArrayList<>());
    StorageException lie =
        assertThrows(StorageException.class, () -> set.read(0, 0, new float[set.frameLength()], 0));
    assertTrue(lie.getMessage().contains("checksum of film 'film0'"), lie.getMessage());
    set.read(2, 0, new float[set.frameLength()], 0);
  }
}
