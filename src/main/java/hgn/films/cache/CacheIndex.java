package hgn.films.cache;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import hgn.films.arrays.ElementType;
import hgn.films.source.Frame;
import java.io.IOException;
import java.util.List;

/**
 * The index of a cache, stored at the end of the file.
 *
 * @param kind kind of source, as text
 * @param fingerprint fingerprint of the source's files, see {@link Fingerprint}
 * @param size height and width of the frames
 * @param channels channels of the frames
 * @param isFloat whether values are 32-bit floats, else bytes
 * @param dt seconds between frames; 0 if unknown
 * @param background mean of the static background over all channels; -1 if unknown
 * @param freedom dimension of the states (q, p), which are stored after the frames; 0 if unknown
 * @param films the films, in order
 * @param skipped number of damaged films skipped
 * @param resized whether frames were resized
 * @param digest SHA-256 of all frames
 */
public record CacheIndex(
    String kind,
    String fingerprint,
    int size,
    int channels,
    boolean isFloat,
    double dt,
    double background,
    int freedom,
    List<Film> films,
    int skipped,
    boolean resized,
    String digest) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * A film.
   *
   * @param first index of its first frame in the cache
   * @param frames number of frames
   * @param crc CRC-32C of its frames
   */
  public record Film(String name, long first, int frames, long crc) {}

  public int frameLength() {
    return size * size * channels;
  }

  ElementType type() {
    return isFloat ? ElementType.FLOAT32 : ElementType.UINT8;
  }

  public long frames() {
    return films.isEmpty()
        ? 0
        : films.get(films.size() - 1).first() + films.get(films.size() - 1).frames();
  }

  /** Bytes of all frames. */
  long frameBytes() {
    return Math.multiplyExact(frames(), (long) frameLength() * type().bytes());
  }

  /** Bytes of all states. */
  private long stateBytes() {
    return Math.multiplyExact(frames(), (long) freedom * Double.BYTES);
  }

  /** Bytes of all frames and states. */
  long bytes() {
    return Math.addExact(frameBytes(), stateBytes());
  }

  byte[] toJson() {
    try {
      return JSON.writeValueAsBytes(this);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Whether the index is consistent: films are contiguous and all numbers are in range. */
  private boolean isSound() {
    boolean isFrame = size > 0 && size <= Frame.LONGEST_SIDE && (channels == 1 || channels == 3);
    if (!isFrame || freedom < 0 || films == null || films.isEmpty() || digest == null) {
      return false;
    }
    long next = 0;
    for (Film film : films) {
      if (film == null || film.name() == null || film.first() != next || film.frames() < 1) {
        return false;
      }
      next += film.frames();
    }
    bytes(); // throws if there are too many to count
    return kind != null && fingerprint != null;
  }

  /** Returns null if the bytes are not a valid index. */
  static CacheIndex parse(byte[] json) {
    try {
      CacheIndex index = JSON.readValue(json, CacheIndex.class);
      return index != null && index.isSound() ? index : null;
    } catch (IOException | RuntimeException foreign) {
      return null;
    }
  }
}
