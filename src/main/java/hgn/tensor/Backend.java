package hgn.tensor;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The primitives that the engine is built on; an implementation computes them on one device.
 *
 * <p>Callers go through {@link TensorOps}, which has checked shapes, dtypes and lifetimes and has
 * allocated the result: an implementation need not check again. All tensors of a call are on this
 * backend and of one dtype. Results come last. Unless said otherwise a result may not overlap an
 * operand; the elementwise methods accept {@code y} being one of the operands itself. Calls return
 * when the work is queued; {@code download} waits for it.
 */
public interface Backend {
  /** Short name, as in the configuration: {@code jvm}, {@code cpu}. */
  String name();

  /** One line for people: instruction set, threads, device. */
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

  /** Queues a copy of all elements from the device, and waits for it only if calls do anyway. */
  default Reading read(Tensor from) {
    return Reading.of(from.toDoubles());
  }

  /** y = value everywhere. */
  void fill(Tensor y, double value);

  /** y = x; same number of elements. */
  void copy(Tensor x, Tensor y);

  /** y = op(x). */
  void unary(UnaryOp op, Tensor x, Tensor y);

  /**
   * y = op(a, b). All three have the same rank; a dimension of a or b is that of y, or 1 and
   * repeated.
   */
  void binary(BinaryOp op, Tensor a, Tensor b, Tensor y);

  /** y = scale x + shift. */
  void affine(Tensor x, double scale, double shift, Tensor y);

  /** y = min(max(x, low), high); not-a-number stays. */
  void clamp(Tensor x, double low, double high, Tensor y);

  /** y = f(x). */
  void activate(Activation f, Tensor x, Tensor y);

  /** r = g f'(x), with f' written in y = f(x). r may be g. */
  void activationGrad(Activation f, Tensor g, Tensor y, Tensor r);

  /** Sums x over the dimensions that are 1 in y; same rank. */
  void sumTo(Tensor x, Tensor y);

  /** Repeats x along the dimensions where it has 1 and y more; same rank. */
  void broadcastTo(Tensor x, Tensor y);

  /** y = op(a) op(b) for matrices, op being the transpose where the flag is set. */
  void matmul(Tensor a, boolean transposeA, Tensor b, boolean transposeB, Tensor y);

  /**
   * y = f(conv(x, w) + bias), see {@link Conv2dGeometry}. x (N,H,W,C), w (kh,kw,C,O), bias (O) or
   * null, y (N,H',W',O).
   */
  void conv2d(Tensor x, Tensor w, Tensor bias, Conv2dGeometry geometry, Activation f, Tensor y);

  /** x = gradient of &lt;conv(x, w), g&gt; with respect to x; pixels that no window saw get 0. */
  void conv2dInputGrad(Tensor g, Tensor w, Conv2dGeometry geometry, Tensor x);

  /** w = gradient of &lt;conv(x, w), g&gt; with respect to w. */
  void conv2dWeightGrad(Tensor x, Tensor g, Conv2dGeometry geometry, Tensor w);

  /** y = the part of x from {@code start} on along {@code axis}, as long as y. */
  void slice(Tensor x, int axis, int start, Tensor y);

  /** Writes x into the part of y from {@code start} on along {@code axis}; the rest stays. */
  void paste(Tensor x, int axis, int start, Tensor y);

  /**
   * Row i of y is row {@code rows[i]} of x, a row being an entry of the first axis; where {@code
   * rows[i]} is not the number of a row, it is not-a-number.
   *
   * @param rows whole numbers in the tensors' own dtype, one for each row of y
   */
  void gatherRows(Tensor x, Tensor rows, Tensor y);

  /**
   * The adjoint of {@link #gatherRows}: row r of x is the sum, in their order, of those rows i of g
   * for which {@code rows[i]} is r, and zeros where there is none.
   */
  void scatterRows(Tensor g, Tensor rows, Tensor x);

  /** y = x with its last two dimensions swapped; x (B,R,C), y (B,C,R). */
  void transpose(Tensor x, Tensor y);

  /** Doubles height and width of x (N,H,W,C) by repeating pixels. */
  void upsample2x(Tensor x, Tensor y);

  /** The adjoint of {@link #upsample2x}: sums each 2x2 block of g (N,2H,2W,C). */
  void upsample2xGrad(Tensor g, Tensor x);

  /**
   * One Adam update of every slot's w, m and v in place, or none where {@code veto} is not 0.
   *
   * @param schedule the two numbers of {@link AdamRule#schedule}
   * @param veto one number
   */
  void adam(List<AdamSlot> slots, AdamRule rule, Tensor schedule, Tensor veto);

  /**
   * Standard normal numbers, a pure function of the arguments: element i is the i-th number of the
   * Philox stream {@code stream} under {@code seed}, see {@link hgn.random.Philox#normal}.
   */
  void normal(long seed, long stream, Tensor y);

  /** flags[first + i] = 1 if an element of xs[i] is not finite; else it stays. */
  void markNonFinite(List<Tensor> xs, Tensor flags, int first);

  /** y = x; but where the one number of {@code veto} is not 0, y stays. */
  void copyUnless(Tensor veto, Tensor x, Tensor y);

  /** Whole rollouts of a convolutional energy at once, where this backend has a kernel for them. */
  default Optional<RolloutKernel> rollouts() {
    return Optional.empty();
  }

  /**
   * Floating point operations per second that this backend reaches now in a loop of independent
   * multiply-adds on all its threads, a multiply-add being 2; empty where it has no such loop.
   *
   * @param seconds how long to measure, roughly
   */
  default OptionalDouble measurePeak(double seconds) {
    return OptionalDouble.empty();
  }

  /** Waits until all that was queued is done. */
  default void await() {
    // unless calls only queue their work
  }

  /** More about what it runs on, in lines for people: libraries, versions, limits. */
  default List<String> details() {
    return List.of();
  }

  /** Records work to repeat it, if this backend can. */
  default Optional<Recorder> recorder() {
    return Optional.empty();
  }

  /** Draws images where the tensors are, if this backend can. */
  default Optional<DiscPainter> discPainter() {
    return Optional.empty();
  }
}
