package hgn.backend.cpu;

import hgn.tensor.Activation;
import hgn.tensor.AdamRule;
import hgn.tensor.AdamSlot;
import hgn.tensor.Arena;
import hgn.tensor.Backend;
import hgn.tensor.BinaryOp;
import hgn.tensor.Conv2dGeometry;
import hgn.tensor.DType;
import hgn.tensor.HostMemory;
import hgn.tensor.HostThreads;
import hgn.tensor.HostTransfer;
import hgn.tensor.Loops;
import hgn.tensor.MemoryPool;
import hgn.tensor.RolloutKernel;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import hgn.tensor.UnaryOp;
import hgn.tensor.UpsampledConvKernel;
import hgn.threads.ThreadPools;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The primitives in native code. A call returns when the result is complete. For a given number of
 * threads and instruction set, results are bitwise reproducible.
 */
public final class CpuBackend implements Backend {
  static final String NAME = "cpu";
  private static final Logger LOG = LoggerFactory.getLogger(CpuBackend.class);

  private final MemoryPool pool = new MemoryPool(NativeMemory::allocate);
  private final Sums sums = new Sums(pool);
  private final CpuRollout rollouts = new CpuRollout();
  private final Filters filters = new Filters(pool);
  private final CpuUpsampledConv upsampled;
  private final Rounding rounding;
  private final Isa isa;
  private final int threads;

  private CpuBackend(Isa isa, int threads) {
    this.isa = isa;
    this.threads = threads;
    rounding = new Rounding(isa);
    upsampled = new CpuUpsampledConv(filters, rounding);
  }

  /**
   * Loads the library and configures it from the system properties. Says so if the system grants
   * fewer threads.
   *
   * @throws UnsupportedOperationException if this machine cannot run it
   */
  static CpuBackend load() {
    NativeLibrary.load();
    Isa isa = Isa.configured(Isa.values()[Native.bestIsa()]);
    int asked = HostThreads.configured();
    int threads = Native.configure(isa.ordinal(), asked);
    if (threads < asked) {
      LOG.warn(ThreadPools.shortage("backend '" + NAME + "' computes", threads, asked));
    }
    return new CpuBackend(isa, threads);
  }

  static long address(Tensor tensor) {
    return ((HostMemory) tensor.memory()).address() + tensor.offset();
  }

  private static long at(Tensor tensor, long element) {
    return address(tensor) + element * Float.BYTES;
  }

  private static long count(Tensor tensor) {
    return tensor.shape().count();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String describe() {
    return "native code with "
        + isa.label()
        + ", float32, "
        + threads
        + (threads == 1 ? " thread" : " threads");
  }

  @Override
  public int threads() {
    return threads;
  }

  @Override
  public OptionalDouble measurePeak(double seconds) {
    try (Arena arena = Arena.open("peak")) {
      Tensor sum = Tensor.full(this, DType.FLOAT32, Shape.of(1), 0);
      long rounds = 1000;
      while (true) {
        long started = System.nanoTime();
        double operations = Native.multiplyAdds(rounds, address(sum));
        double took = (System.nanoTime() - started) * 1e-9;
        if (took >= seconds / 2) {
          return OptionalDouble.of(operations / took);
        }
        rounds = Math.max(2 * rounds, (long) (rounds * seconds / Math.max(took, 1e-6)));
      }
    }
  }

  @Override
  public boolean supports(DType dtype) {
    return dtype == DType.FLOAT32;
  }

  @Override
  public MemoryPool pool() {
    return pool;
  }

  @Override
  public void upload(double[] from, Tensor to) {
    HostTransfer.upload(from, to);
  }

  @Override
  public void upload(float[] from, Tensor to) {
    HostTransfer.upload(from, to);
  }

  @Override
  public void download(Tensor from, double[] to) {
    HostTransfer.download(from, to);
  }

  @Override
  public void download(Tensor from, float[] to) {
    HostTransfer.download(from, to);
  }

  @Override
  public void fill(Tensor y, double value) {
    Native.fill(address(y), count(y), (float) value);
  }

  @Override
  public void copy(Tensor x, Tensor y) {
    Native.copy(address(x), address(y), count(y));
  }

  @Override
  public void unary(UnaryOp op, Tensor x, Tensor y) {
    Native.unary(op.ordinal(), address(x), address(y), count(y));
  }

  @Override
  public void binary(BinaryOp op, Tensor a, Tensor b, Tensor y) {
    Loops loops = Loops.of(y.shape(), a.shape(), b.shape());
    loops.forEach(
        (from, to) ->
            Native.binary(
                op.ordinal(),
                at(a, from[0]),
                at(b, from[1]),
                at(y, to),
                loops.size(0),
                loops.size(1),
                loops.size(2),
                loops.size(3),
                loops.stride(0, 0),
                loops.stride(0, 1),
                loops.stride(0, 2),
                loops.stride(0, 3),
                loops.stride(1, 0),
                loops.stride(1, 1),
                loops.stride(1, 2),
                loops.stride(1, 3)));
  }

  @Override
  public void affine(Tensor x, double scale, double shift, Tensor y) {
    Native.affine(address(x), (float) scale, (float) shift, address(y), count(y));
  }

  @Override
  public void clamp(Tensor x, double low, double high, Tensor y) {
    Native.clamp(address(x), (float) low, (float) high, address(y), count(y));
  }

  @Override
  public void activate(Activation f, Tensor x, Tensor y) {
    Native.activate(f.ordinal(), address(x), address(y), count(y));
  }

  @Override
  public void activationGrad(Activation f, Tensor g, Tensor y, Tensor r) {
    Native.activationGrad(f.ordinal(), address(g), address(y), address(r), count(r));
  }

  @Override
  public void sumTo(Tensor x, Tensor y) {
    sums.sumTo(address(x), x.shape(), address(y), y.shape());
  }

  @Override
  public void sumProducts(Tensor a, Tensor b, Tensor y) {
    Loops loops = Loops.of(a.shape(), b.shape());
    if (loops.fitNatively()) {
      sums.sumProducts(address(a), a.shape(), address(b), loops, address(y), y.shape());
    } else {
      Backend.super.sumProducts(a, b, y);
    }
  }

  @Override
  public void broadcastTo(Tensor x, Tensor y) {
    Loops loops = Loops.of(y.shape(), x.shape());
    loops.forEach(
        (from, to) ->
            Native.broadcast(
                at(x, from[0]),
                at(y, to),
                loops.size(0),
                loops.size(1),
                loops.size(2),
                loops.size(3),
                loops.stride(0, 0),
                loops.stride(0, 1),
                loops.stride(0, 2),
                loops.stride(0, 3)));
  }

  @Override
  public void matmul(Tensor a, boolean transposeA, Tensor b, boolean transposeB, Tensor y) {
    int inner = a.shape().dim(transposeA ? 0 : 1);
    Native.matmul(
        address(a),
        transposeA,
        address(b),
        transposeB,
        address(y),
        y.shape().dim(0),
        inner,
        y.shape().dim(1));
  }

  @Override
  public void conv2d(
      Tensor x, Tensor w, Tensor bias, Conv2dGeometry geometry, Activation f, Tensor y) {
    boolean rounded = rounding.applies(geometry);
    new ConvCall(x.shape(), w.shape(), y.shape(), geometry, rounded)
        .forward(
            address(x),
            address(w),
            rounded ? 0 : filters.prepared(FilterUse.CONV, w),
            bias == null ? 0 : address(bias),
            f.ordinal(),
            address(y));
  }

  @Override
  public void conv2dInputGrad(Tensor g, Tensor w, Conv2dGeometry geometry, Tensor x) {
    boolean rounded = rounding.applies(geometry);
    long prepared = rounded ? 0 : filters.prepared(FilterUse.CONV_INPUT_GRAD, w);
    new ConvCall(x.shape(), w.shape(), g.shape(), geometry, rounded)
        .inputGrad(address(g), address(w), prepared, address(x));
  }

  @Override
  public void conv2dWeightGrad(Tensor x, Tensor g, Conv2dGeometry geometry, Tensor w) {
    new ConvCall(x.shape(), w.shape(), g.shape(), geometry, rounding.applies(geometry))
        .weightGrad(address(x), address(g), address(w));
  }

  @Override
  public ConstantFilters constantFilters() {
    return filters.hold();
  }

  @Override
  public void slice(Tensor x, int axis, int start, Tensor y) {
    long inner = x.shape().inner(axis);
    long length = y.shape().dim(axis) * inner;
    Native.copyRuns(
        at(x, start * inner),
        x.shape().dim(axis) * inner,
        address(y),
        length,
        length,
        x.shape().outer(axis));
  }

  @Override
  public void paste(Tensor x, int axis, int start, Tensor y) {
    long inner = y.shape().inner(axis);
    long length = x.shape().dim(axis) * inner;
    Native.copyRuns(
        address(x),
        length,
        at(y, start * inner),
        y.shape().dim(axis) * inner,
        length,
        y.shape().outer(axis));
  }

  @Override
  public void gatherRows(Tensor x, Tensor rows, Tensor y) {
    int[] from = HostTransfer.rows(rows, x.shape().dim(0));
    for (int i = 0; i < from.length; i++) {
      if (from[i] < 0) {
        fill(y.rows(i, 1), Double.NaN);
      } else {
        copy(x.rows(from[i], 1), y.rows(i, 1));
      }
    }
  }

  @Override
  public void scatterRows(Tensor g, Tensor rows, Tensor x) {
    int[] to = HostTransfer.rows(rows, x.shape().dim(0));
    fill(x, 0);
    for (int i = 0; i < to.length; i++) {
      if (to[i] >= 0) {
        Tensor sum = x.rows(to[i], 1);
        binary(BinaryOp.ADD, sum, g.rows(i, 1), sum);
      }
    }
  }

  @Override
  public void transpose(Tensor x, Tensor y) {
    Shape s = x.shape();
    Native.transpose(address(x), s.dim(0), s.dim(1), s.dim(2), s.inner(2), address(y));
  }

  @Override
  public void upsample2x(Tensor x, Tensor y) {
    Shape s = x.shape();
    Native.upsample(address(x), (long) s.dim(0) * s.dim(1), s.dim(2), s.dim(3), address(y));
  }

  @Override
  public void addUpsampled(Tensor a, Tensor x, Activation f, Tensor y) {
    Shape s = x.shape();
    long rows = (long) s.dim(0) * s.dim(1);
    Native.addUpsampled(f.ordinal(), address(a), address(x), rows, s.dim(2), s.dim(3), address(y));
  }

  @Override
  public void upsample2xGrad(Tensor g, Tensor x) {
    Shape s = x.shape();
    Native.upsampleGrad(address(g), (long) s.dim(0) * s.dim(1), s.dim(2), s.dim(3), address(x));
  }

  @Override
  public Optional<RolloutKernel> rollouts() {
    return Optional.of(rollouts);
  }

  @Override
  public Optional<UpsampledConvKernel> upsampledConvolutions() {
    return Optional.of(upsampled);
  }

  @Override
  public void adam(List<AdamSlot> slots, AdamRule rule, Tensor schedule, Tensor veto) {
    if (HostTransfer.first(veto) != 0) {
      return;
    }
    float[] constants = new float[AdamRule.SCHEDULE];
    HostTransfer.download(schedule, constants);
    for (AdamSlot slot : slots) {
      Native.adam(
          address(slot.w()),
          address(slot.g()),
          address(slot.m()),
          address(slot.v()),
          count(slot.w()),
          constants[0],
          (float) rule.beta1(),
          (float) (1 - rule.beta1()),
          (float) rule.beta2(),
          (float) (1 - rule.beta2()),
          (float) rule.epsilon(),
          (float) rule.weightDecay(),
          constants[1]);
    }
  }

  @Override
  public void normal(long seed, long stream, Tensor y) {
    Native.normal(seed, stream, address(y), count(y));
  }

  @Override
  public void markNonFinite(List<Tensor> xs, Tensor flags, int first) {
    for (int i = 0; i < xs.size(); i++) {
      if (!Native.allFinite(address(xs.get(i)), count(xs.get(i)))) {
        HostTransfer.write(new double[] {1}, 0, flags, first + i, 1);
      }
    }
  }

  @Override
  public void copyUnless(Tensor veto, Tensor x, Tensor y) {
    if (HostTransfer.first(veto) == 0) {
      copy(x, y);
    }
  }
}
