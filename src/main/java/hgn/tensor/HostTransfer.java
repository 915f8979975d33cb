package hgn.tensor;

import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * Moves elements between arrays and tensors in {@link HostMemory}, converting between the array's
 * type and the tensor's dtype: a double stored as float32 is rounded to nearest.
 *
 * <p>Positions count elements from the tensor's first one, so that callers need not treat views
 * specially.
 */
public final class HostTransfer {
  /** Elements converted at a time: few enough to stay in the L1 cache. */
  private static final int PIECE = 2048;

  private HostTransfer() {}

  /** Overwrites all elements. */
  public static void upload(double[] from, Tensor to) {
    write(from, 0, to, 0, from.length);
  }

  /** Overwrites all elements. */
  public static void upload(float[] from, Tensor to) {
    if (to.dtype() == DType.FLOAT32) {
      memory(to).floats().put(origin(to), from);
      return;
    }
    double[] piece = new double[Math.min(PIECE, from.length)];
    for (int done = 0; done < from.length; done += PIECE) {
      int count = Math.min(PIECE, from.length - done);
      for (int i = 0; i < count; i++) {
        piece[i] = from[done + i];
      }
      write(piece, 0, to, done, count);
    }
  }

  /** Copies all elements to an array of that length. */
  public static void download(Tensor from, double[] to) {
    read(from, 0, to, 0, to.length);
  }

  /** Copies all elements to an array of that length. */
  public static void download(Tensor from, float[] to) {
    if (from.dtype() == DType.FLOAT32) {
      memory(from).floats().get(origin(from), to);
      return;
    }
    double[] piece = new double[Math.min(PIECE, to.length)];
    for (int done = 0; done < to.length; done += PIECE) {
      int count = Math.min(PIECE, to.length - done);
      read(from, done, piece, 0, count);
      for (int i = 0; i < count; i++) {
        to[done + i] = (float) piece[i];
      }
    }
  }

  /** y = value everywhere. */
  public static void fill(Tensor y, double value) {
    int total = count(y);
    double[] piece = new double[Math.min(PIECE, total)];
    Arrays.fill(piece, value);
    for (int done = 0; done < total; done += PIECE) {
      write(piece, 0, y, done, Math.min(PIECE, total - done));
    }
  }

  /** Copies {@code count} elements of {@code from}, starting at {@code start}, to an array. */
  public static void read(Tensor from, int start, double[] to, int position, int count) {
    if (from.dtype() == DType.FLOAT64) {
      memory(from).doubles().get(origin(from) + start, to, position, count);
      return;
    }
    FloatBuffer source = memory(from).floats();
    int first = origin(from) + start;
    float[] piece = new float[Math.min(PIECE, count)];
    for (int done = 0; done < count; done += PIECE) {
      int length = Math.min(PIECE, count - done);
      source.get(first + done, piece, 0, length);
      int at = position + done;
      for (int i = 0; i < length; i++) {
        to[at + i] = piece[i];
      }
    }
  }

  /** Copies {@code count} elements of an array to {@code to}, starting at {@code start}. */
  public static void write(double[] from, int position, Tensor to, int start, int count) {
    if (to.dtype() == DType.FLOAT64) {
      memory(to).doubles().put(origin(to) + start, from, position, count);
      return;
    }
    FloatBuffer target = memory(to).floats();
    int first = origin(to) + start;
    float[] piece = new float[Math.min(PIECE, count)];
    for (int done = 0; done < count; done += PIECE) {
      int length = Math.min(PIECE, count - done);
      int at = position + done;
      for (int i = 0; i < length; i++) {
        piece[i] = (float) from[at + i];
      }
      target.put(first + done, piece, 0, length);
    }
  }

  /** The first element. */
  public static double first(Tensor from) {
    double[] value = new double[1];
    read(from, 0, value, 0, 1);
    return value[0];
  }

  /**
   * Returns the elements as row indices; -1 for one that is not a whole number from 0 to end - 1.
   */
  public static int[] rows(Tensor from, int end) {
    double[] values = new double[count(from)];
    download(from, values);
    int[] rows = new int[values.length];
    for (int i = 0; i < rows.length; i++) {
      int row = (int) values[i];
      rows[i] = row == values[i] && row >= 0 && row < end ? row : -1;
    }
    return rows;
  }

  /** Copies {@code count} elements from one tensor to another of the same dtype. */
  public static void move(Tensor from, int start, Tensor to, int position, int count) {
    if (to.dtype() == DType.FLOAT64) {
      memory(to)
          .doubles()
          .put(origin(to) + position, memory(from).doubles(), origin(from) + start, count);
    } else {
      memory(to)
          .floats()
          .put(origin(to) + position, memory(from).floats(), origin(from) + start, count);
    }
  }

  /** Number of elements; host tensors have fewer than 2^31. */
  public static int count(Tensor x) {
    return Math.toIntExact(x.shape().count());
  }

  private static HostMemory memory(Tensor x) {
    return (HostMemory) x.memory();
  }

  private static int origin(Tensor x) {
    return Math.toIntExact(x.offset() / x.dtype().bytes());
  }
}
