package hgn.films.source;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Passes a film's frames, as cache bytes, from a reading thread to the writing thread. The reader
 * blocks if it is far ahead, so that memory does not grow with the films' lengths.
 */
public final class FrameQueue implements FrameSink {
  private static final int CHUNKS = 4;
  private static final int CHUNK_BYTES = 1 << 20;
  private static final int PATIENCE = 100;

  private final BlockingQueue<Chunk> queue = new ArrayBlockingQueue<>(CHUNKS);
  private final FrameResizer fit;
  private final boolean isFloat;
  private final int framesAtOnce;
  private ByteBuffer bytes;
  private List<double[]> states = new ArrayList<>();
  private boolean resized;
  private volatile boolean abandoned;

  /**
   * Some frames, or the end of the film.
   *
   * @param failure exception that ended the film early, or null
   */
  public record Chunk(
      byte[] bytes,
      List<double[]> states,
      boolean isLast,
      boolean resized,
      RuntimeException failure) {}

  public FrameQueue(FrameResizer fit, boolean isFloat) {
    this.fit = fit;
    this.isFloat = isFloat;
    int frame = frameBytes(fit, isFloat);
    this.framesAtOnce = Math.max(1, CHUNK_BYTES / frame);
    this.bytes = ByteBuffer.allocate(framesAtOnce * frame).order(ByteOrder.LITTLE_ENDIAN);
  }

  public static int frameBytes(FrameResizer fit, boolean isFloat) {
    return fit.size() * fit.size() * fit.channels() * (isFloat ? Float.BYTES : 1);
  }

  /** Reads a film into the pipe and records any failure. */
  public void fill(FilmSource source, int film) {
    RuntimeException failure = null;
    try {
      source.read(film, this);
    } catch (Abandoned stop) {
      return;
    } catch (RuntimeException error) {
      failure = error;
    } catch (OutOfMemoryError | StackOverflowError error) {
      failure = tooLarge(source, film);
    }
    pass(true, failure);
  }

  /** The exception for a film that does not fit into memory. */
  public static DamagedFilmException tooLarge(FilmSource source, int film) {
    return new DamagedFilmException(
        source.files().get(0).resolveSibling(source.films().get(film)),
        "reading it takes more memory than there is (a larger -Xmx may help)");
  }

  @Override
  public void accept(Frame frame) {
    resized |= frame.width() != fit.size() || frame.height() != fit.size();
    for (float value : fit.apply(frame)) {
      if (isFloat) {
        bytes.putFloat(value);
      } else {
        bytes.put((byte) Math.round(255 * value));
      }
    }
    states.add(frame.state());
    if (states.size() == framesAtOnce) {
      pass(false, null);
    }
  }

  private void pass(boolean isLast, RuntimeException failure) {
    byte[] filled = new byte[bytes.position()];
    bytes.flip().get(filled);
    Chunk chunk = new Chunk(filled, states, isLast, resized, failure);
    bytes.clear();
    states = new ArrayList<>();
    try {
      while (!queue.offer(chunk, PATIENCE, TimeUnit.MILLISECONDS)) {
        if (abandoned) {
          throw new Abandoned();
        }
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new Abandoned();
    }
  }

  /** Returns the next frames. */
  public Chunk take() throws InterruptedException {
    return queue.take();
  }

  /** Signals that no more frames will be taken. */
  public void abandon() {
    abandoned = true;
  }

  /** Stops reading a film that is no longer needed. */
  private static final class Abandoned extends RuntimeException {
    private static final long serialVersionUID = 1;

    Abandoned() {
      super(null, null, false, false);
    }
  }
}
