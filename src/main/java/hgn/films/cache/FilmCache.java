package hgn.films.cache;

import hgn.files.FileBytes;
import hgn.files.StorageException;
import hgn.films.arrays.ElementType;
import hgn.films.arrays.MappedNumbers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Films of uniform size in one memory-mapped file. Thread-safe. The checksum of each film is
 * verified on first access.
 */
public final class FilmCache {
  static final int TRAILER = 2 * Integer.BYTES + CacheWriter.MARK.length();
  private static final int CHUNK = 1 << 16;

  private final Path file;
  private final CacheIndex index;
  private final MappedNumbers frames;
  private final MappedNumbers states;
  private final boolean[] checked;

  private FilmCache(Path file, CacheIndex index) {
    this.file = file;
    this.index = index;
    this.checked = new boolean[index.films().size()];
    ByteOrder order = ByteOrder.LITTLE_ENDIAN;
    long values = index.frames() * index.frameLength();
    this.frames = new MappedNumbers(file, 0, values, index.type(), order);
    this.states =
        new MappedNumbers(
            file, index.frameBytes(), index.frames() * index.freedom(), ElementType.FLOAT64, order);
  }

  /** Opens a cache file; empty if it is missing or incomplete. */
  public static Optional<FilmCache> open(Path file) {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      CacheIndex index = index(channel);
      return index == null ? Optional.empty() : Optional.of(new FilmCache(file, index));
    } catch (IOException | StorageException unreadable) {
      return Optional.empty(); // it will be rebuilt
    }
  }

  /** Returns null if the file is incomplete. */
  private static CacheIndex index(FileChannel channel) throws IOException {
    long size = channel.size();
    if (size < TRAILER) {
      return null;
    }
    ByteBuffer trailer = FileBytes.read(channel, size - TRAILER, TRAILER);
    int length = trailer.getInt();
    int sum = trailer.getInt();
    byte[] mark = new byte[CacheWriter.MARK.length()];
    trailer.get(mark);
    if (!CacheWriter.MARK.equals(new String(mark, StandardCharsets.US_ASCII))
        || length < 0
        || length > size - TRAILER) {
      return null;
    }
    byte[] json = FileBytes.read(channel, size - TRAILER - length, length).array();
    CRC32C crc = new CRC32C();
    crc.update(json);
    CacheIndex index = (int) crc.getValue() == sum ? CacheIndex.parse(json) : null;
    if (index == null) {
      return null;
    }
    return index.bytes() == size - TRAILER - length ? index : null;
  }

  public CacheIndex index() {
    return index;
  }

  public Path file() {
    return file;
  }

  /** Reads a frame of a film into {@code dst} from {@code offset}. */
  public void read(int film, int frame, float[] dst, int offset) {
    check(film);
    long number = index.films().get(film).first() + frame;
    frames.shares(number * index.frameLength(), dst, offset, index.frameLength());
  }

  /** The state of a frame; only if {@link CacheIndex#freedom} is not 0. */
  public double[] state(int film, int frame) {
    long number = index.films().get(film).first() + frame;
    double[] state = new double[index.freedom()];
    for (int i = 0; i < state.length; i++) {
      state[i] = states.at(number * state.length + i);
    }
    return state;
  }

  private void check(int film) {
    if (checked[film]) {
      return;
    }
    CacheIndex.Film known = index.films().get(film);
    long frameBytes = (long) index.frameLength() * index.type().bytes();
    CRC32C crc = new CRC32C();
    long end = (known.first() + known.frames()) * frameBytes;
    for (long at = known.first() * frameBytes; at < end; at += CHUNK) {
      crc.update(frames.bytes(at, (int) Math.min(CHUNK, end - at)));
    }
    if (crc.getValue() != known.crc()) {
      throw new StorageException(
          file,
          "the checksum of film '" + known.name() + "' is wrong",
          "remove this cache; it will be rebuilt");
    }
    checked[film] = true;
  }
}
