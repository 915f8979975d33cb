package hgn.films;

import hgn.files.StorageException;
import hgn.films.cache.CacheBuilder;
import hgn.films.cache.FilmCache;
import hgn.films.cache.Fingerprint;
import hgn.films.source.DamagedFilmException;
import hgn.films.source.FilmProgress;
import hgn.films.source.FilmSource;
import hgn.films.source.FrameResizer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Films of uniform size and channels, stored in a cache that is rebuilt if it is missing or the
 * files have changed. Thread-safe.
 */
public final class FilmSet {
  /** Name of the cache folder beside the films. */
  static final String FOLDER = ".hgn4j-films";

  private static final int MAX_NAME = 40;

  private final FilmCache cache;

  private FilmSet(FilmCache cache) {
    this.cache = cache;
  }

  /**
   * Opens the films in a file or a folder.
   *
   * @param key name of the array or data set; empty if there is only one
   * @param fit size and channels of the result
   * @param skipsDamaged whether to skip films that cannot be read
   * @param progress receives progress of reading if there is no cache yet
   * @throws StorageException if there are no films
   * @throws DamagedFilmException if a film cannot be read
   */
  public static FilmSet open(
      Path path, String key, FrameResizer fit, boolean skipsDamaged, FilmProgress progress) {
    return open(path, key, fit, skipsDamaged, Optional.empty(), progress);
  }

  /**
   * As {@link #open(Path, String, FrameResizer, boolean, FilmProgress)}.
   *
   * @param caches cache folder, if not beside the films
   */
  public static FilmSet open(
      Path path,
      String key,
      FrameResizer fit,
      boolean skipsDamaged,
      Optional<Path> caches,
      FilmProgress progress) {
    try (FilmSource source = FilmSources.open(path, key)) {
      String fingerprint = fingerprint(source, key, fit, skipsDamaged);
      Path file = place(path, key, fit, fingerprint, caches);
      Optional<FilmCache> known =
          FilmCache.open(file).filter(cache -> cache.index().fingerprint().equals(fingerprint));
      if (known.isPresent()) {
        return new FilmSet(known.get());
      }
      new CacheBuilder(source, fit, skipsDamaged, progress).build(file, fingerprint);
      if (!fingerprint(source, key, fit, skipsDamaged).equals(fingerprint)) {
        throw new StorageException(
            path, "the films changed while they were read", "start again when they are complete");
      }
      return new FilmSet(
          FilmCache.open(file)
              .orElseThrow(
                  () -> new StorageException(file, "the cache cannot be read", "remove it")));
    }
  }

  private static String fingerprint(
      FilmSource source, String key, FrameResizer fit, boolean skipsDamaged) {
    return Fingerprint.of(
        source.files(), source.kind(), key, fit.toString(), Boolean.toString(skipsDamaged));
  }

  /** The cache file: beside the films, or in the user's cache folder if that is not writable. */
  private static Path place(
      Path path, String key, FrameResizer fit, String fingerprint, Optional<Path> caches) {
    Path whole = path.toAbsolutePath().normalize();
    boolean isFolder = Files.isDirectory(whole);
    Path beside = isFolder ? whole : whole.getParent();
    String name =
        (isFolder ? "films" : shortened(whole.getFileName().toString()))
            + (key.isEmpty() ? "" : "-" + Integer.toHexString(key.hashCode()))
            + "-"
            + fit.size()
            + (fit.channels() == 1 ? "-gray" : "-colour")
            + (fit.isLetterbox() ? "-letterbox" : "")
            + ".cache";
    Path folder = beside.resolve(FOLDER);
    if (caches.isEmpty() && canWrite(beside, folder)) {
      return folder.resolve(name);
    }
    return caches.orElseGet(FilmSet::userCache).resolve(fingerprint.substring(0, 16) + "-" + name);
  }

  /** Shortens names to the 255 bytes that file systems allow. */
  private static String shortened(String name) {
    return name.length() <= MAX_NAME
        ? name
        : name.substring(0, MAX_NAME) + Integer.toHexString(name.hashCode());
  }

  private static boolean canWrite(Path beside, Path folder) {
    if (Files.isSymbolicLink(folder)) {
      return false; // films from elsewhere must not say where to write
    }
    return Files.isWritable(Files.exists(folder) ? folder : beside);
  }

  private static Path userCache() {
    String asked = System.getenv("XDG_CACHE_HOME");
    Path caches =
        asked == null || asked.isBlank()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(asked);
    return caches.resolve("hgn4j");
  }

  /** The kind of source, as text. */
  public String kind() {
    return cache.index().kind();
  }

  /** Number of films. */
  public int count() {
    return cache.index().films().size();
  }

  /** Name of a film. */
  public String name(int film) {
    return cache.index().films().get(film).name();
  }

  /** Number of frames of a film. */
  public int frames(int film) {
    return cache.index().films().get(film).frames();
  }

  /** Total number of frames. */
  public long frames() {
    return cache.index().frames();
  }

  /** Height and width of the frames. */
  public int size() {
    return cache.index().size();
  }

  /** Channels of the frames. */
  public int channels() {
    return cache.index().channels();
  }

  /** Floats per frame. */
  public int frameLength() {
    return cache.index().frameLength();
  }

  /** Seconds between frames; 0 if unknown. */
  public double dt() {
    return cache.index().dt();
  }

  /** The mean of the static background over all channels, if the files store it. */
  public OptionalDouble background() {
    double known = cache.index().background();
    return known < 0 ? OptionalDouble.empty() : OptionalDouble.of(known);
  }

  /** Number of damaged films skipped. */
  public int skipped() {
    return cache.index().skipped();
  }

  /** Whether frames were resized. */
  public boolean wasResized() {
    return cache.index().resized();
  }

  /** Whether the true state of each frame is known. */
  public boolean hasStates() {
    return cache.index().freedom() > 0;
  }

  /** A hash of all frames. */
  public String digest() {
    return cache.index().digest();
  }

  /** Path of the cache. */
  public Path cacheFile() {
    return cache.file();
  }

  /** Writes a frame, (size, size, channels) in [0, 1], to {@code dst} from {@code offset}. */
  public void read(int film, int frame, float[] dst, int offset) {
    cache.read(film, frame, dst, offset);
  }

  /** The true state (q, p) of a frame; only if {@link #hasStates}. */
  public double[] state(int film, int frame) {
    return cache.state(film, frame);
  }
}
