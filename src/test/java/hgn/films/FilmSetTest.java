package hgn.films;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.files.StorageException;
import hgn.films.cache.CacheBuilder;
import hgn.films.cache.CacheIndex;
import hgn.films.cache.CacheWriter;
import hgn.films.cache.FilmCache;
import hgn.films.pictures.PictureFile;
import hgn.films.records.FeatureList;
import hgn.films.source.DamagedFilmException;
import hgn.films.source.FileFilms;
import hgn.films.source.FilmProgress;
import hgn.films.source.FilmSource;
import hgn.films.source.Frame;
import hgn.films.source.FrameResizer;
import hgn.films.source.FrameSink;
import hgn.testing.FilmsFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Films are read once, cached beside their files, and recognised later. */
class FilmSetTest {
  private static final FrameResizer SMALL = new FrameResizer(4, 1, false);

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

  /** Compares every film, for any number of threads and both value types. */
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

  /** Names and times of all frames are unchanged, but two frames have moved to another film. */
  @Test
  void framesThatMoveToAnotherFilmAreSeen() throws IOException {
    Path films = copied("folders");
    Files.move(films.resolve("film1/frame10.png"), films.resolve("film1/frame11.png"));
    open(films, new ArrayList<>());
    Files.move(films.resolve("film1/frame11.png"), films.resolve("film0/frame11.png"));
    FilmSet moved = open(films, new ArrayList<>());
    assertEquals(FilmsFixture.FRAMES + 1, moved.frames(0));
    assertEquals(FilmsFixture.FRAMES - 1, moved.frames(1));
  }

  @Test
  void whatDescribesTheFilmsIsPartOfThem() throws IOException {
    Path films = copied("records");
    assertEquals(0.05, open(films, new ArrayList<>()).dt());
    Path list = films.resolve(FeatureList.NAME);
    Files.writeString(list, Files.readString(list).replace("dt, (), float64\n", ""));
    assertEquals(0, open(films, new ArrayList<>()).dt());
  }

  /** An index with a correct checksum but inconsistent contents. */
  @Test
  void aCacheWhoseIndexLiesIsMadeAnew() throws IOException {
    Path films = copied("folders");
    Path file = open(films, new ArrayList<>()).cacheFile();
    CacheIndex index = FilmCache.open(file).orElseThrow().index();
    List<CacheIndex.Film> real = index.films();
    CacheIndex.Film first = real.get(0);
    List<List<CacheIndex.Film>> lies = new ArrayList<>();
    lies.add(null);
    lies.add(List.of());
    lies.add(List.of(new CacheIndex.Film(first.name(), -5, 33, 0)));
    lies.add(List.of(new CacheIndex.Film(first.name(), 0, 1000, 0), real.get(1), real.get(2)));
    lies.add(List.of(new CacheIndex.Film(null, 0, 33, 0)));
    lies.add(
        List.of(first, new CacheIndex.Film("b", 11, -11, 0), new CacheIndex.Film("c", 0, 33, 0)));
    for (List<CacheIndex.Film> lie : lies) {
      write(file, index, lie);
      List<Integer> progress = new ArrayList<>();
      assertEquals(3, open(films, progress).count());
      assertEquals(3, progress.size(), "made anew, not believed: " + lie);
    }
  }

  private static void write(Path file, CacheIndex like, List<CacheIndex.Film> films) {
    int frame = like.frameLength();
    try (CacheWriter writer = new CacheWriter(file, frame)) {
      writer.frames(new byte[33 * frame], Collections.nCopies(33, null));
      writer.endFilm("all");
      writer.finish(
          new CacheIndex(
              like.kind(),
              like.fingerprint(),
              like.size(),
              like.channels(),
              false,
              0,
              -1,
              0,
              films,
              0,
              false,
              like.digest()));
    }
  }

  /** An error in a reading thread ends the reading instead of blocking it. */
  @Test
  @Timeout(60)
  void memoryThatRunsOutEndsInALine() {
    FilmSource greedy =
        new FileFilms(List.of(folder.resolve("a.gif"), folder.resolve("b.gif"))) {
          @Override
          public String kind() {
            return "films that are too large";
          }

          @Override
          public OptionalDouble dt() {
            return OptionalDouble.empty();
          }

          @Override
          public void read(int film, FrameSink sink) {
            if (film == 1) {
              throw new OutOfMemoryError("as if");
            }
            sink.accept(new Frame(4, 4, 1, new float[16]));
          }
        };
    CacheBuilder builder = new CacheBuilder(greedy, SMALL, false, FilmProgress.SILENT);
    DamagedFilmException named =
        assertThrows(
            DamagedFilmException.class, () -> builder.build(folder.resolve("cache"), "print"));
    assertTrue(named.getMessage().contains("b.gif: reading it takes more memory"));
    new CacheBuilder(greedy, SMALL, true, FilmProgress.SILENT)
        .build(folder.resolve("cache"), "print");
    assertEquals(1, FilmCache.open(folder.resolve("cache")).orElseThrow().index().skipped());
  }

  /** Making the names anew for each of many films takes the square of their number. */
  @Test
  void namesAreAskedForAFewTimesHoweverManyFilmsThereAre() {
    AtomicInteger asked = new AtomicInteger();
    FilmSource many =
        new FilmSource() {
          @Override
          public String kind() {
            return "many";
          }

          @Override
          public List<String> films() {
            asked.incrementAndGet();
            return Collections.nCopies(50, "film");
          }

          @Override
          public List<Path> files() {
            return List.of(folder);
          }

          @Override
          public OptionalDouble dt() {
            return OptionalDouble.empty();
          }

          @Override
          public boolean isFloat() {
            return false;
          }

          @Override
          public boolean isRandomAccess() {
            return true;
          }

          @Override
          public void read(int film, FrameSink sink) {
            sink.accept(new Frame(4, 4, 1, new float[16]));
          }
        };
    new CacheBuilder(many, SMALL, false, FilmProgress.SILENT)
        .build(folder.resolve("cache"), "print");
    assertEquals(50, FilmCache.open(folder.resolve("cache")).orElseThrow().index().films().size());
    assertTrue(asked.get() < 4, asked + " times");
  }

  @Test
  void statesThatAreNoNumbersAreNotKnown() throws IOException {
    for (double value : new double[] {1, Double.NaN, Double.POSITIVE_INFINITY}) {
      try (CacheWriter writer = new CacheWriter(folder.resolve("cache"), 16)) {
        writer.frames(new byte[32], List.of(new double[] {1, 2}, new double[] {0, value}));
        writer.endFilm("a");
        assertEquals(Double.isFinite(value) ? 2 : 0, writer.freedom());
      }
    }
  }
}
