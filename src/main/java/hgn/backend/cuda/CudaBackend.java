package hgn.backend.cuda;

import hgn.tensor.Activation;
import hgn.tensor.AdamRule;
import hgn.tensor.AdamSlot;
import hgn.tensor.Backend;
import hgn.tensor.BinaryOp;
import hgn.tensor.Conv2dGeometry;
import hgn.tensor.DType;
import hgn.tensor.DevicePeers;
import hgn.tensor.DiscPainter;
import hgn.tensor.DiscStyle;
import hgn.tensor.Loops;
import hgn.tensor.MemoryPool;
import hgn.tensor.PendingDownload;
import hgn.tensor.Precision;
import hgn.tensor.Recorder;
import hgn.tensor.RolloutKernel;
import hgn.tensor.Shape;
import hgn.tensor.SquareSum;
import hgn.tensor.Tensor;
import hgn.tensor.UnaryOp;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The primitives on a GPU. A call returns when its work is queued; downloads wait. Results are
 * bitwise reproducible as long as cuDNN's algorithms are the same, see {@link AlgorithmChoice}.
 */
final class CudaBackend implements Backend {
  static final String NAME = "cuda";

  private final Device device;
  private final MemoryPool pool;
  private final KernelModule kernels;
  private final Staging staging;
  private final Readings readings;
  private final Copies copies;
  private final Sums sums;
  private final Blas blas;
  private final Dnn dnn;
  private final Convolutions convolutions;
  private final CudaRollout rollout;
  private final List<Path> libraries;

  /**
   * Opens the device.
   *
   * @param libraries library files that have been loaded, for {@link #details}
   * @throws UnsupportedOperationException if this machine cannot run it
   */
  CudaBackend(Device device, List<Path> libraries) {
    this.device = device;
    this.libraries = libraries;
    pool = new MemoryPool(device::allocate);
    kernels = new KernelModule(device);
    staging = new Staging(device);
    readings = new Readings(device);
    copies = new Copies(device);
    sums = new Sums(kernels, copies, pool);
    blas = new Blas(device);
    dnn = new Dnn(device);
    convolutions = new Convolutions(kernels, copies, new Bfloat16(device, kernels), dnn, pool);
    rollout = rollouts(rolloutDevice());
  }

  private static Floats floats(Tensor tensor) {
    return Floats.of(tensor);
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
    long mebibytes = device.memory()[1] >> 20;
    return device.name()
        + " ("
        + device.multiprocessors()
        + " multiprocessors, "
        + mebibytes
        + " MiB), float32, convolutions in "
        + Precision.configured();
  }

  @Override
  public int threads() {
    return 1;
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
    staging.upload(from, floats(to));
  }

  @Override
  public void upload(float[] from, Tensor to) {
    staging.upload(from, floats(to));
  }

  @Override
  public void download(Tensor from, double[] to) {
    staging.download(floats(from), to);
  }

  @Override
  public void download(Tensor from, float[] to) {
    staging.download(floats(from), to);
  }

  @Override
  public ByteBuffer transferBuffer(int bytes) {
    device.bind();
    return PinnedMemory.allocate(bytes).buffer();
  }

  @Override
  public void download(Tensor from, ByteBuffer to) {
    copies.toPinned(floats(from), to);
    device.finish();
  }

  @Override
  public void upload(ByteBuffer from, Tensor to) {
    copies.fromPinned(from, floats(to));
  }

  @Override
  public PendingDownload read(Tensor from) {
    return readings.read(floats(from));
  }

  @Override
  public void fill(Tensor y, double value) {
    elementwise("fill", y, floats(y), (float) value, count(y));
  }

  @Override
  public void copy(Tensor x, Tensor y) {
    copies.copy(floats(x), floats(y));
  }

  @Override
  public void unary(UnaryOp op, Tensor x, Tensor y) {
    elementwise("unary", y, op.ordinal(), floats(x), floats(y), count(y));
  }

  @Override
  public void binary(BinaryOp op, Tensor a, Tensor b, Tensor y) {
    Loops loops = Loops.of(y.shape(), a.shape(), b.shape());
    loops.forEach(
        (from, to) ->
            elementwise(
                "binary",
                y,
                op.ordinal(),
                rest(a, from[0]),
                rest(b, from[1]),
                rest(y, to),
                struct(loops, 2)));
  }

  @Override
  public void affine(Tensor x, double scale, double shift, Tensor y) {
    elementwise("affine", y, floats(x), (float) scale, (float) shift, floats(y), count(y));
  }

  @Override
  public void clamp(Tensor x, double low, double high, Tensor y) {
    elementwise("clamp", y, floats(x), (float) low, (float) high, floats(y), count(y));
  }

  @Override
  public void activate(Activation f, Tensor x, Tensor y) {
    elementwise("activate", y, f.ordinal(), floats(x), floats(y), count(y));
  }

  @Override
  public void activationGrad(Activation f, Tensor g, Tensor y, Tensor r) {
    kernels.launch(
        "activationGrad",
        "activation_grad",
        Grid.over(count(r)),
        f.ordinal(),
        floats(g),
        floats(y),
        floats(r),
        count(r));
  }

  @Override
  public void sumTo(Tensor x, Tensor y) {
    sums.sumTo(floats(x), x.shape(), floats(y), y.shape());
  }

  @Override
  public void broadcastTo(Tensor x, Tensor y) {
    Loops loops = Loops.of(y.shape(), x.shape());
    loops.forEach(
        (from, to) ->
            kernels.launch(
                "broadcastTo",
                "broadcast_to",
                Grid.over(count(y)),
                rest(x, from[0]),
                rest(y, to),
                struct(loops, 1)));
  }

  /** Queues a kernel named like its operation, with one thread per few elements of y. */
  private void elementwise(String op, Tensor y, Object... arguments) {
    kernels.launch(op, op, Grid.over(count(y)), arguments);
  }

  /** The elements starting at {@code first}. */
  private static Floats rest(Tensor x, long first) {
    return floats(x).from(first, count(x) - first);
  }

  /** The kernels' struct Loops; the strides of missing operands are 0. */
  private static Arguments.Struct struct(Loops loops, int operands) {
    return to -> {
      for (int level = 0; level < Loops.DEPTH; level++) {
        new Divisor(loops.size(level)).write(to);
      }
      for (int operand = 0; operand < 2; operand++) {
        for (int level = 0; level < Loops.DEPTH; level++) {
          to.putLong(operand < operands ? loops.stride(operand, level) : 0);
        }
      }
    };
  }

  @Override
  public void matmul(Tensor a, boolean transposeA, Tensor b, boolean transposeB, Tensor y) {
    int inner = a.shape().dim(transposeA ? 0 : 1);
    blas.multiply(floats(a), transposeA, floats(b), transposeB, floats(y), inner, y.shape().dim(1));
  }

  @Override
  public void conv2d(
      Tensor x, Tensor w, Tensor bias, Conv2dGeometry geometry, Activation f, Tensor y) {
    convolutions.forward(x, w, bias, geometry, f, y);
  }

  @Override
  public void conv2dInputGrad(Tensor g, Tensor w, Conv2dGeometry geometry, Tensor x) {
    convolutions.inputGrad(g, w, geometry, x);
  }

  @Override
  public void conv2dWeightGrad(Tensor x, Tensor g, Conv2dGeometry geometry, Tensor w) {
    convolutions.weightGrad(x, g, geometry, w);
  }

  @Override
  public ConstantFilters constantFilters() {
    return convolutions.holdFilters();
  }

  @Override
  public void slice(Tensor x, int axis, int start, Tensor y) {
    long inner = x.shape().inner(axis);
    long length = y.shape().dim(axis) * inner;
    copyRuns(
        "slice",
        rest(x, start * inner),
        x.shape().dim(axis) * inner,
        floats(y),
        length,
        length,
        x.shape().outer(axis));
  }

  @Override
  public void paste(Tensor x, int axis, int start, Tensor y) {
    long inner = y.shape().inner(axis);
    long length = x.shape().dim(axis) * inner;
    copyRuns(
        "paste",
        floats(x),
        length,
        rest(y, start * inner),
        y.shape().dim(axis) * inner,
        length,
        y.shape().outer(axis));
  }

  private void copyRuns(
      String op, Floats from, long fromPitch, Floats to, long toPitch, long length, long runs) {
    kernels.launch(
        op,
        "copy_runs",
        Grid.over(length * runs),
        from,
        fromPitch,
        to,
        toPitch,
        new Divisor(length),
        runs);
  }

  @Override
  public void gatherRows(Tensor x, Tensor rows, Tensor y) {
    kernels.launch(
        "gatherRows",
        "gather_rows",
        Grid.over(count(y)),
        floats(x),
        (long) x.shape().dim(0),
        new Divisor(x.shape().inner(0)),
        floats(rows),
        count(rows),
        floats(y));
  }

  @Override
  public void scatterRows(Tensor g, Tensor rows, Tensor x) {
    kernels.launch(
        "scatterRows",
        "scatter_rows",
        Grid.over(count(x)),
        floats(g),
        floats(rows),
        count(rows),
        new Divisor(x.shape().inner(0)),
        floats(x),
        (long) x.shape().dim(0));
  }

  @Override
  public void transpose(Tensor x, Tensor y) {
    Transpose.queue(kernels, "transpose", floats(x), x.shape(), floats(y));
  }

  @Override
  public void upsample2x(Tensor x, Tensor y) {
    Shape s = x.shape();
    long rows = (long) s.dim(0) * s.dim(1);
    elementwise(
        "upsample2x", x, floats(x), rows, new Divisor(s.dim(2)), new Divisor(s.dim(3)), floats(y));
  }

  @Override
  public void upsample2xGrad(Tensor g, Tensor x) {
    Shape s = x.shape();
    long rows = (long) s.dim(0) * s.dim(1);
    kernels.launch(
        "upsample2xGrad",
        "upsample2x_grad",
        Grid.over(count(x)),
        floats(g),
        rows,
        new Divisor(s.dim(2)),
        new Divisor(s.dim(3)),
        floats(x));
  }

  @Override
  public void adam(List<AdamSlot> slots, AdamRule rule, Tensor schedule, Tensor veto) {
    for (List<AdamSlot> some : TensorBlocks.groups(slots)) {
      new AdamLaunch(some).queue(kernels, rule, floats(schedule), floats(veto));
    }
  }

  @Override
  public void normal(long seed, long stream, Tensor y) {
    elementwise("normal", y, seed, stream, floats(y), count(y));
  }

  @Override
  public void markNonFinite(List<Tensor> xs, Tensor flags, int first) {
    int from = first;
    for (List<Tensor> some : TensorBlocks.groups(xs)) {
      TensorBlocks blocks = new TensorBlocks(some);
      kernels.launch(
          "markNonFinite",
          "mark_non_finite",
          blocks.grid(),
          blocks.struct(List.of(some)),
          floats(flags).from(from, some.size()));
      from += some.size();
    }
  }

  @Override
  public void copyUnless(Tensor veto, Tensor x, Tensor y) {
    kernels.launch(
        "copyUnless",
        "copy_unless",
        Grid.over(count(y)),
        floats(veto),
        floats(x),
        floats(y),
        count(y));
  }

  @Override
  public Optional<RolloutKernel> rollouts() {
    return Optional.of(rollout);
  }

  /** Rollouts planned for another device. */
  CudaRollout rollouts(RolloutDevice planned) {
    return new CudaRollout(kernels, pool, planned);
  }

  private RolloutDevice rolloutDevice() {
    // a driver that had to compile the kernels has none for clusters
    boolean clusters =
        device.capability() >= RolloutDevice.CLUSTER_CAPABILITY
            && kernels.has("rollout_forward_cluster");
    return new RolloutDevice(
        device.multiprocessors(),
        device.sharedBytes() / Float.BYTES,
        clusters ? List.of(1, RolloutDevice.CLUSTER) : List.of(1));
  }

  @Override
  public void await() {
    device.finish();
  }

  @Override
  public Optional<SquareSum> squareSums() {
    return Optional.of((xs, y) -> sums.squares(xs, floats(y)));
  }

  @Override
  public OptionalLong ownMemory() {
    return OptionalLong.of(device.memory()[1]);
  }

  @Override
  public List<String> details() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "compute capability "
            + device.capability() / 10
            + "."
            + device.capability() % 10
            + ", driver for CUDA "
            + Drivers.dotted(device.driverVersion()));
    KernelBuild.ofThisProgram().map(KernelBuild::describe).ifPresent(lines::add);
    lines.add("cuDNN " + dnn.version() + ", cuBLAS " + blas.version());
    long[] memory = device.memory();
    lines.add((memory[0] >> 20) + " MiB of " + (memory[1] >> 20) + " MiB are free");
    libraries.forEach(library -> lines.add("loaded " + library));
    return lines;
  }

  @Override
  public Optional<DevicePeers.Library> peers() {
    return NcclLibrary.find(device, LibrarySearch.ofThisMachine());
  }

  @Override
  public Optional<DiscPainter> discPainter() {
    return Optional.of(this::paint);
  }

  private void paint(DiscStyle style, Tensor scenes, Tensor images) {
    Shape described = scenes.shape();
    long pixels = count(images) / DiscPainter.CHANNELS;
    kernels.launch(
        "paint",
        "paint_" + style.name().toLowerCase(Locale.ROOT),
        Grid.over(pixels),
        floats(scenes),
        new Divisor(described.dim(1)),
        (described.dim(2) - DiscPainter.BACKGROUND) / DiscPainter.DISC,
        new Divisor(images.shape().dim(1)),
        floats(images),
        pixels);
  }

  @Override
  public Optional<Recorder> recorder() {
    return Optional.of(new GraphRecorder(device, pool));
  }
}
