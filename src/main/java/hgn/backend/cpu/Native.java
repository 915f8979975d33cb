package hgn.backend.cpu;

import java.nio.ByteBuffer;

/**
 * The functions of the native library. Tensors are addresses of their first element; enums are
 * ordinals. Nothing is checked here: a wrong address or size ends the process.
 *
 * <p>Functions that need scratch memory throw {@link OutOfMemoryError} if none is left; any other
 * failure of the library is an {@link IllegalStateException}.
 */
final class Native {
  private Native() {}

  static native int bestIsa();

  /** Returns the number of threads, less than {@code threads} where the system grants no more. */
  static native int configure(int isa, int threads);

  /** Address of a new block aligned to 64 bytes, or 0 if no memory is left. */
  static native long allocate(long bytes);

  static native ByteBuffer wrap(long address, long bytes);

  static native void free(long address, long bytes);

  static native void fill(long y, long count, float value);

  static native void copy(long x, long y, long count);

  static native void unary(int op, long x, long y, long count);

  static native void affine(long x, float scale, float shift, long y, long count);

  static native void clamp(long x, float low, float high, long y, long count);

  static native void activate(int f, long x, long y, long count);

  static native void activationGrad(int f, long g, long y, long r, long count);

  /** Sizes of four loops over y, the outermost first, and the strides of a and b in them. */
  static native void binary(
      int op,
      long a,
      long b,
      long y,
      long size0,
      long size1,
      long size2,
      long size3,
      long a0,
      long a1,
      long a2,
      long a3,
      long b0,
      long b1,
      long b2,
      long b3);

  /** Like {@link #binary} with one operand. */
  static native void broadcast(
      long a,
      long y,
      long size0,
      long size1,
      long size2,
      long size3,
      long a0,
      long a1,
      long a2,
      long a3);

  /** y (outer, inner) = x (outer, reduced, inner) summed over the middle. */
  static native void sum(long x, long outer, long reduced, long inner, long y);

  /**
   * Like {@link #sum} of the products of a, which is contiguous, and b, whose strides these are in
   * four loops over a, the outermost first.
   */
  static native void sumProducts(
      long a,
      long b,
      long size0,
      long size1,
      long size2,
      long size3,
      long b0,
      long b1,
      long b2,
      long b3,
      long outer,
      long reduced,
      long inner,
      long y);

  static native boolean allFinite(long x, long count);

  /** y (rows, columns); the flags say that a is (inner, rows), b (columns, inner). */
  static native void matmul(
      long a,
      boolean transposeA,
      long b,
      boolean transposeB,
      long y,
      int rows,
      int inner,
      int columns);

  /**
   * Here and below, {@code rounded} says that factors are rounded to bfloat16, and {@code prepared}
   * is what {@link #prepareFilter} made of w, or 0, as it is where factors are rounded.
   */
  static native void conv(
      boolean rounded,
      long x,
      long w,
      long prepared,
      long bias,
      int f,
      long y,
      int samples,
      int height,
      int width,
      int channels,
      int kernelHeight,
      int kernelWidth,
      int outChannels,
      int outHeight,
      int outWidth,
      int stride,
      int top,
      int left);

  static native void convInputGrad(
      boolean rounded,
      long g,
      long w,
      long prepared,
      long x,
      int samples,
      int height,
      int width,
      int channels,
      int kernelHeight,
      int kernelWidth,
      int outChannels,
      int outHeight,
      int outWidth,
      int stride,
      int top,
      int left);

  static native void convWeightGrad(
      boolean rounded,
      long x,
      long g,
      long w,
      int samples,
      int height,
      int width,
      int channels,
      int kernelHeight,
      int kernelWidth,
      int outChannels,
      int outHeight,
      int outWidth,
      int stride,
      int top,
      int left);

  /** Here and below, sizes are those of the image before upsampling. */
  static native void doubledConv(
      boolean rounded,
      long x,
      long w,
      long prepared,
      long bias,
      int f,
      long y,
      int samples,
      int height,
      int width,
      int channels,
      int outputs);

  static native void doubledConvInputGrad(
      boolean rounded,
      long g,
      long w,
      long prepared,
      long x,
      int samples,
      int height,
      int width,
      int channels,
      int outputs);

  static native void doubledConvWeightGrad(
      boolean rounded,
      long x,
      long g,
      long w,
      int samples,
      int height,
      int width,
      int channels,
      int outputs);

  /**
   * Floats that {@link #prepareFilter} makes of weights (3,3,channels,outputs); 0 where the
   * convolution takes them as they are.
   *
   * @param use ordinal of a {@link FilterUse}
   */
  static native long filterFloats(int use, int channels, int outputs);

  static native void prepareFilter(int use, int channels, int outputs, long w, long to);

  /** All states of a rollout; the arrays are those of {@link CpuRollout}. */
  static native void rolloutForward(
      int[] sizes,
      float[] factors,
      long[] weights,
      int batch,
      long q,
      long p,
      long states,
      long visited);

  /** The cotangents of some steps of a rollout; results are inputs, then deltas, of each layer. */
  static native void rolloutBackward(
      int[] sizes,
      float[] factors,
      long[] weights,
      int batch,
      long visited,
      long cotangents,
      int first,
      int end,
      long state,
      long[] results);

  /** Copies runs of {@code length} elements that start {@code pitch} elements apart. */
  static native void copyRuns(
      long from, long fromPitch, long to, long toPitch, long length, long runs);

  /** y (batch, columns, rows) = x (batch, rows, columns) with its last two dimensions swapped. */
  /** y (batch, columns, rows, length) = x (batch, rows, columns, length). */
  static native void transpose(long x, long batch, long rows, long columns, long length, long y);

  /** Here and below, {@code rows} counts the rows of all images together, before upsampling. */
  static native void upsample(long x, long rows, long width, long channels, long y);

  /** y = f(a + x with pixels repeated); rows and width are those of x. */
  static native void addUpsampled(
      int f, long a, long x, long rows, long width, long channels, long y);

  static native void upsampleGrad(long g, long rows, long width, long channels, long x);

  static native void adam(
      long w,
      long g,
      long m,
      long v,
      long count,
      float rate,
      float beta1,
      float gain1,
      float beta2,
      float gain2,
      float epsilon,
      float decay,
      float root);

  static native void normal(long seed, long stream, long y, long count);

  /**
   * Runs independent multiply-adds in registers on all threads; returns the number of operations.
   */
  static native double multiplyAdds(long rounds, long sum);
}
