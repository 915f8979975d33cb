package hgn.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * The primitives that the engine is built on; an implementation computes them on one device.
 *
 * <p>Callers go through {@link TensorOps}, which checks shapes, dtypes and lifetimes and allocates
 * the result; implementations need not check again. All tensors of a call are on this backend and
 * have the same dtype. Results come last. Unless stated otherwise, a result must not overlap an
 * operand, but the elementwise methods accept an operand itself as {@code y}. Calls return when the
 * work is queued; {@code download} waits for it.
 */
public interface Backend {
  /** Short name, as in the configuration: {@code jvm}, {@code cpu}. */
  String name();

  /** One human-readable line: instruction set, threads, device. */
  String describe();

  /** Number of threads that the primitives use. */
  int threads();

  /** Whether the primitives compute in {@code dtype}. */
  boolean supports(DType dtype);

  /** Where the tensors' memory comes from. */
  MemoryPool pool();

  /** Copies all elements to the device, converting to the tensor's dtype. */
  void upload(double[] from, Tensor to);

  /** Copies all elements to the device, converting to the tensor's dtype. */
  void upload(float[] from, Tensor to);

  /** Copies all elements from the device. */
  void download(Tensor from, double[] to);

  /** Copies all elements from the device. */
  void download(Tensor from, float[] to);

  /**
   * Queues a copy of all elements from the device; waits for it only on backends whose calls always
   * wait.
   */
  default PendingDownload read(Tensor from) {
    return PendingDownload.of(from.toDoubles());
  }

  /**
   * Memory of the host, in its order of bytes, from and to which the device copies fastest; it may
   * be held until the program ends.
   */
  default ByteBuffer transferBuffer(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }

  /**
   * Copies all elements of a float32 tensor to a {@link #transferBuffer} of its size, and waits.
   */
  default void download(Tensor from, ByteBuffer to) {
    to.asFloatBuffer().put(0, from.toFloats());
  }

  /**
   * Copies a {@link #transferBuffer} to all elements of a float32 tensor. The buffer may be
   * overwritten once a later download has returned.
   */
  default void upload(ByteBuffer from, Tensor to) {
    float[] values = new float[Math.toIntExact(to.shape().count())];
    from.asFloatBuffer().get(0, values);
    to.set(values);
  }

  /** y = value everywhere. */
  void fill(Tensor y, double value);

  /** y = x; same number of elements. */
  void copy(Tensor x, Tensor y);

  /** y = op(x). */
  void unary(UnaryOp op, Tensor x, Tensor y);

  /**
   * y = op(a, b). All three have the same rank; a dimension of a or b equals that of y, or is 1 and
   * broadcast.
   */
  void binary(BinaryOp op, Tensor a, Tensor b, Tensor y);

  /** y = scale x + shift. */
  void affine(Tensor x, double scale, double shift, Tensor y);

  /** y = min(max(x, low), high); NaN stays NaN. */
  void clamp(Tensor x, double low, double high, Tensor y);

  /** y = f(x). */
  void activate(Activation f, Tensor x, Tensor y);

  /** r = g f'(x), with f' computed from y = f(x). r may be g. */
  void activationGrad(Activation f, Tensor g, Tensor y, Tensor r);

  /** Sums x over the dimensions that are 1 in y; both have the same rank. */
  void sumTo(Tensor x, Tensor y);

  /**
   * Sums a b over the dimensions that are 1 in y, without storing the products where the backend
   * can; b is broadcast to a. All have the same rank.
   */
  default void sumProducts(Tensor a, Tensor b, Tensor y) {
    try (Tensor products = Tensor.like(a, a.shape())) {
      binary(BinaryOp.MUL, a, b, products);
      sumTo(products, y);
    }
  }

  /** Repeats x along the dimensions that are 1 in x and larger in y; both have the same rank. */
  void broadcastTo(Tensor x, Tensor y);

  /** y = op(a) op(b) for matrices, op being the transpose if the flag is set. */
  void matmul(Tensor a, boolean transposeA, Tensor b, boolean transposeB, Tensor y);

  /**
   * y = f(conv(x, w) + bias), see {@link Conv2dGeometry}. x (N,H,W,C), w (kh,kw,C,O), bias (O) or
   * null, y (N,H',W',O).
   */
  void conv2d(Tensor x, Tensor w, Tensor bias, Conv2dGeometry geometry, Activation f, Tensor y);

  /** x = gradient of &lt;conv(x, w), g&gt; with respect to x; pixels outside every window get 0. */
  void conv2dInputGrad(Tensor g, Tensor w, Conv2dGeometry geometry, Tensor x);

  /** w = gradient of &lt;conv(x, w), g&gt; with respect to w. */
  void conv2dWeightGrad(Tensor x, Tensor g, Conv2dGeometry geometry, Tensor w);

  /**
   * Promises that tensors which are filters of convolutions on this thread keep their values until
   * the result is closed, so that the backend may convert each to another layout once.
   */
  default ConstantFilters constantFilters() {
    return () -> {};
  }

  /** The time in which filters keep their values. */
  interface ConstantFilters extends AutoCloseable {
    @Override
    void close();
  }

  /** y = the part of x that starts at {@code start} along {@code axis} and is as long as y. */
  void slice(Tensor x, int axis, int start, Tensor y);

  /** Writes x into y, starting at {@code start} along {@code axis}; the rest of y is unchanged. */
  void paste(Tensor x, int axis, int start, Tensor y);

  /**
   * Row i of y is row {@code rows[i]} of x, where a row is an entry of the first axis. It is NaN
   * where {@code rows[i]} is not a valid row index.
   *
   * @param rows row indices in the tensors' own dtype, one for each row of y
   */
  void gatherRows(Tensor x, Tensor rows, Tensor y);

  /**
   * The adjoint of {@link #gatherRows}: row r of x is the sum of those rows i of g for which {@code
   * rows[i]} is r, added in order of i, and zero where there is none.
   */
  void scatterRows(Tensor g, Tensor rows, Tensor x);

  /**
   * y = x with its second and third dimension swapped: x (B,R,C) or (B,R,C,K), y (B,C,R) or
   * (B,C,R,K).
   */
  void transpose(Tensor x, Tensor y);

  /** Doubles height and width of x (N,H,W,C) by repeating pixels. */
  void upsample2x(Tensor x, Tensor y);

  /** y = f(a + upsample2x(x)), in one pass where the backend can; a and y (N,2H,2W,C). */
  default void addUpsampled(Tensor a, Tensor x, Activation f, Tensor y) {
    upsample2x(x, y);
    binary(BinaryOp.ADD, a, y, y);
    if (f != Activation.IDENTITY) {
      activate(f, y, y);
    }
  }

  /** The adjoint of {@link #upsample2x}: sums each 2x2 block of g (N,2H,2W,C). */
  void upsample2xGrad(Tensor g, Tensor x);

  /**
   * One Adam update of every slot's w, m and v in place; does nothing if {@code veto} is not 0.
   *
   * @param schedule the two numbers of {@link AdamRule#schedule}
   * @param veto one number
   */
  void adam(List<AdamSlot> slots, AdamRule rule, Tensor schedule, Tensor veto);

  /**
   * Fills y with standard normal numbers, a pure function of the arguments: element i is the i-th
   * number of the Philox stream {@code stream} under {@code seed}, see {@link
   * hgn.random.Philox#normal}.
   */
  void normal(long seed, long stream, Tensor y);

  /**
   * Sets flags[first + i] = 1 if an element of xs[i] is not finite; otherwise the flag is
   * unchanged.
   */
  void markNonFinite(List<Tensor> xs, Tensor flags, int first);

  /** y = x, unless the single element of {@code veto} is not 0; y is then unchanged. */
  void copyUnless(Tensor veto, Tensor x, Tensor y);

  /** Fused rollouts of a convolutional energy, if this backend has a kernel for them. */
  default Optional<RolloutKernel> rollouts() {
    return Optional.empty();
  }

  /**
   * Measures the floating point operations per second that this backend reaches in a loop of
   * independent multiply-adds on all its threads. A multiply-add counts as 2; empty if the backend
   * has no such loop.
   *
   * @param seconds how long to measure, roughly
   */
  default OptionalDouble measurePeak(double seconds) {
    return OptionalDouble.empty();
  }

  /** Convolutions fused with the upsampling before them, if this backend has a kernel for them. */
  default Optional<UpsampledConvKernel> upsampledConvolutions() {
    return Optional.empty();
  }

  /** Sums of squares of many tensors in few passes, if this backend has a kernel for them. */
  default Optional<SquareSum> squareSums() {
    return Optional.empty();
  }

  /** Bytes of the device's own memory, if it has any; otherwise tensors are in the host's. */
  default OptionalLong ownMemory() {
    return OptionalLong.empty();
  }

  /** Waits until all queued work is done. */
  default void await() {
    // unless calls only queue their work
  }

  /** Further human-readable lines about the device: libraries, versions, limits. */
  default List<String> details() {
    return List.of();
  }

  /** Records work in order to replay it, if this backend can. */
  default Optional<Recorder> recorder() {
    return Optional.empty();
  }

  /** What connects this device to those of other processes, if there is such a library. */
  default Optional<DevicePeers.Library> peers() {
    return Optional.empty();
  }

  /** Draws images on the device, if this backend can. */
  default Optional<DiscPainter> discPainter() {
    return Optional.empty();
  }
}
