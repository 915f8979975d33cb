package hgn.films.cache;

import hgn.files.StorageException;
import hgn.films.source.DamagedFilmException;
import hgn.films.source.FilmProgress;
import hgn.films.source.FilmSource;
import hgn.films.source.FrameQueue;
import hgn.films.source.FrameResizer;
import hgn.threads.ThreadPools;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;

/** Reads all films of a source into a cache, in parallel if the source allows it. */
public final class CacheBuilder {
  /** Plausible range of seconds between frames. */
  private static final double SHORTEST = 1e-9;

  private static final double LONGEST = 1e9;

  private final FilmSource source;
  private final FrameResizer fit;
  private final boolean skipsDamaged;
  private final FilmProgress progress;
  private int skipped;
  private boolean resized;

  public CacheBuilder(
      FilmSource source, FrameResizer fit, boolean skipsDamaged, FilmProgress progress) {
    this.source = source;
    this.fit = fit;
    this.skipsDamaged = skipsDamaged;
    this.progress = progress;
  }

  /**
   * Builds the cache.
   *
   * @param fingerprint fingerprint of the source before reading
   * @throws DamagedFilmException if a film cannot be read and damaged films are not skipped
   * @throws StorageException if no film can be read, or the cache cannot be written
   */
  public void build(Path target, String fingerprint) {
    boolean isFloat = source.isFloat();
    try (CacheWriter writer = new CacheWriter(target, FrameQueue.frameBytes(fit, isFloat))) {
      copy(writer, isFloat);
      if (writer.films().isEmpty()) {
        throw new StorageException(target, "all films are damaged", "look at the films themselves");
      }
      writer.finish(
          new CacheIndex(
              source.kind(),
              fingerprint,
              fit.size(),
              fit.channels(),
              isFloat,
              dt(),
              source.background().orElse(-1),
              writer.freedom(),
              writer.films(),
              skipped,
              resized,
              writer.digest()));
    }
  }

  /** Seconds between frames; 0 if the files give no plausible value. */
  private double dt() {
    double dt = source.dt().orElse(0);
    return dt >= SHORTEST && dt <= LONGEST ? dt : 0;
  }

  private void copy(CacheWriter writer, boolean isFloat) {
    List<String> names = source.films(); // once: it may have to be made
    int total = names.size();
    int threads = source.isRandomAccess() ? Runtime.getRuntime().availableProcessors() : 1;
    ExecutorService readers = ThreadPools.fixed(threads, "films");
    Deque<FrameQueue> pipes = new ArrayDeque<>();
    try {
      int begun = 0;
      long frames = 0;
      for (int film = 0; film < total; film++) {
        for (; begun < total && pipes.size() < 2 * threads; begun++) {
          pipes.add(begin(readers, begun, isFloat));
        }
        frames += drain(pipes.remove(), names.get(film), writer);
        progress.read(film + 1, total, frames);
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while films were read", stop);
    } finally {
      pipes.forEach(FrameQueue::abandon);
      readers.shutdownNow();
    }
  }

  private FrameQueue begin(ExecutorService readers, int film, boolean isFloat) {
    FrameQueue pipe = new FrameQueue(fit, isFloat);
    readers.submit(() -> pipe.fill(source, film));
    return pipe;
  }

  /** Writes a film and returns its number of frames. */
  private int drain(FrameQueue pipe, String name, CacheWriter writer) throws InterruptedException {
    int frames = 0;
    FrameQueue.Chunk chunk;
    do {
      chunk = pipe.take();
      frames += chunk.states().size();
      writer.frames(chunk.bytes(), chunk.states());
    } while (!chunk.isLast());
    if (chunk.failure() == null && frames > 0) {
      resized |= chunk.resized();
      writer.endFilm(name);
      return frames;
    }
    RuntimeException failure =
        chunk.failure() == null
            ? new DamagedFilmException(Path.of(name), "there is no frame in it")
            : chunk.failure();
    if (!skipsDamaged || !(failure instanceof DamagedFilmException)) {
      throw failure;
    }
    skipped++;
    writer.dropFilm();
    return 0;
  }
}
