package hgn.films.cache;

import hgn.files.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * Writes a cache, film by film: frames, then states, then the {@linkplain CacheIndex index}, its
 * length, its checksum and a magic number. The file is renamed to the target when it is complete.
 */
public final class CacheWriter implements AutoCloseable {
  static final String MARK = "HGNFILM1";

  private static final String PART = ".part";

  /** Age at which an unfinished part file counts as abandoned. */
  private static final Duration LEFT_OVER = Duration.ofHours(1);

  private final Path target;
  private final Path part;
  private final FileChannel channel;
  private final List<CacheIndex.Film> films = new ArrayList<>();
  private final List<double[]> states = new ArrayList<>();
  private final MessageDigest digest = Fingerprint.sha256();
  private final int frameBytes;
  private CRC32C crc = new CRC32C();
  private int frames;
  private long filmStart;
  private int statesBefore;

  /**
   * Starts a part file beside the target.
   *
   * @param frameBytes bytes per frame
   */
  public CacheWriter(Path target, int frameBytes) {
    this.target = target;
    this.frameBytes = frameBytes;
    try {
      Files.createDirectories(target.getParent());
      removeLeftovers(target);
      String unique = Long.toHexString(ProcessHandle.current().pid() ^ System.nanoTime());
      part = target.resolveSibling(target.getFileName() + "." + unique + PART);
      channel = FileChannel.open(part, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
    } catch (IOException error) {
      throw failed(error);
    }
  }

  /** Removes part files left by killed processes. A recent one may still be in use. */
  private static void removeLeftovers(Path target) throws IOException {
    String begin = target.getFileName() + ".";
    List<Path> parts;
    try (Stream<Path> files = Files.list(target.getParent())) {
      parts =
          files
              .filter(file -> file.getFileName().toString().startsWith(begin))
              .filter(file -> file.getFileName().toString().endsWith(PART))
              .toList();
    }
    Instant old = Instant.now().minus(LEFT_OVER);
    for (Path part : parts) {
      if (Files.getLastModifiedTime(part).toInstant().isBefore(old)) {
        Files.deleteIfExists(part);
      }
    }
  }

  /** Appends frames to the current film. */
  public void frames(byte[] bytes, List<double[]> known) {
    write(ByteBuffer.wrap(bytes));
    crc.update(bytes);
    frames += bytes.length / frameBytes;
    states.addAll(known);
  }

  /** Ends a film. */
  public void endFilm(String name) {
    CacheIndex.Film film =
        new CacheIndex.Film(name, filmStart / frameBytes, frames, crc.getValue());
    films.add(film);
    digest.update((film.frames() + " " + film.crc() + "\n").getBytes(StandardCharsets.US_ASCII));
    beginNext(filmStart + (long) frames * frameBytes);
  }

  /** Discards the current film, which is damaged. */
  void dropFilm() {
    try {
      channel.truncate(filmStart);
      channel.position(filmStart);
    } catch (IOException error) {
      throw failed(error);
    }
    states.subList(statesBefore, states.size()).clear();
    beginNext(filmStart);
  }

  private void beginNext(long start) {
    filmStart = start;
    frames = 0;
    crc = new CRC32C();
    statesBefore = states.size();
  }

  /** The films written. */
  List<CacheIndex.Film> films() {
    return films;
  }

  /** Dimension of the states if all frames have states of equal length without NaN, else 0. */
  public int freedom() {
    int length = states.isEmpty() || states.get(0) == null ? 0 : states.get(0).length;
    long total = filmStart / frameBytes;
    boolean all = states.stream().allMatch(state -> isKnown(state, length));
    return all && states.size() == total ? length : 0;
  }

  private static boolean isKnown(double[] state, int length) {
    return state != null
        && state.length == length
        && Arrays.stream(state).allMatch(Double::isFinite);
  }

  /** SHA-256 of the films' lengths and checksums. */
  String digest() {
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Writes states and index, and renames the file to the target. */
  public void finish(CacheIndex index) {
    int freedom = index.freedom();
    ByteBuffer numbers =
        ByteBuffer.allocate(Math.max(1, freedom) * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (double[] state : freedom == 0 ? List.<double[]>of() : states) {
      numbers.clear();
      numbers.asDoubleBuffer().put(state);
      write(numbers);
    }
    byte[] json = index.toJson();
    CRC32C sum = new CRC32C();
    sum.update(json);
    write(ByteBuffer.wrap(json));
    ByteBuffer trailer = ByteBuffer.allocate(FilmCache.TRAILER).order(ByteOrder.LITTLE_ENDIAN);
    trailer.putInt(json.length).putInt((int) sum.getValue());
    trailer.put(MARK.getBytes(StandardCharsets.US_ASCII)).flip();
    write(trailer);
    try {
      channel.force(true);
      channel.close();
      Files.move(part, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException error) {
      throw failed(error);
    }
  }

  private void write(ByteBuffer bytes) {
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException error) {
      throw failed(error);
    }
  }

  private StorageException failed(IOException error) {
    return new StorageException(
        target,
        "the cache cannot be written (" + StorageException.reason(error) + ")",
        "free some space, or choose another folder with --set data.cache=DIR");
  }

  /** Removes an incomplete file. */
  @Override
  public void close() {
    try {
      channel.close();
      Files.deleteIfExists(part);
    } catch (IOException error) {
      throw new StorageException(part, "cannot remove", error);
    }
  }
}
