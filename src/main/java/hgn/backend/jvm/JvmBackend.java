package hgn.backend.jvm;

import hgn.tensor.Activation;
import hgn.tensor.AdamRule;
import hgn.tensor.AdamSlot;
import hgn.tensor.Backend;
import hgn.tensor.BinaryOp;
import hgn.tensor.Conv2dGeometry;
import hgn.tensor.DType;
import hgn.tensor.HostThreads;
import hgn.tensor.HostTransfer;
import hgn.tensor.MemoryPool;
import hgn.tensor.Tensor;
import hgn.tensor.UnaryOp;
import java.util.List;

/** The primitives in plain Java, computed in double precision; see the package description. */
public final class JvmBackend implements Backend {
  static final String NAME = "jvm";

  private final MemoryPool pool = new MemoryPool(DirectMemory::allocate);
  private final Workers workers;
  private final Elementwise elementwise;
  private final Reductions reductions;
  private final Matmul matmul;
  private final Convolution convolution;
  private final Layout layout;
  private final Optimiser optimiser;
  private final RandomNumbers random;

  /** A backend with the {@linkplain HostThreads configured} number of threads. */
  public JvmBackend() {
    this(HostThreads.configured());
  }

  /** A backend with this number of threads, which does not affect results. */
  public JvmBackend(int threads) {
    workers = new Workers(threads);
    elementwise = new Elementwise(workers);
    reductions = new Reductions(workers);
    matmul = new Matmul(workers);
    convolution = new Convolution(workers);
    layout = new Layout(workers);
    optimiser = new Optimiser(workers);
    random = new RandomNumbers(workers);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String describe() {
    return "Java "
        + Runtime.version().feature()
        + " on "
        + System.getProperty("os.arch")
        + ", double arithmetic, "
        + threads()
        + (threads() == 1 ? " thread" : " threads");
  }

  @Override
  public int threads() {
    return workers.threads();
  }

  @Override
  public boolean supports(DType dtype) {
    return true;
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
    HostTransfer.fill(y, value);
  }

  @Override
  public void copy(Tensor x, Tensor y) {
    layout.copy(x, y);
  }

  @Override
  public void unary(UnaryOp op, Tensor x, Tensor y) {
    elementwise.unary(op, x, y);
  }

  @Override
  public void binary(BinaryOp op, Tensor a, Tensor b, Tensor y) {
    elementwise.binary(op, a, b, y);
  }

  @Override
  public void affine(Tensor x, double scale, double shift, Tensor y) {
    elementwise.affine(x, scale, shift, y);
  }

  @Override
  public void clamp(Tensor x, double low, double high, Tensor y) {
    elementwise.clamp(x, low, high, y);
  }

  @Override
  public void activate(Activation f, Tensor x, Tensor y) {
    elementwise.activate(f, x, y);
  }

  @Override
  public void activationGrad(Activation f, Tensor g, Tensor y, Tensor r) {
    elementwise.activationGrad(f, g, y, r);
  }

  @Override
  public void sumTo(Tensor x, Tensor y) {
    reductions.sumTo(x, y);
  }

  @Override
  public void broadcastTo(Tensor x, Tensor y) {
    reductions.broadcastTo(x, y);
  }

  @Override
  public void matmul(Tensor a, boolean transposeA, Tensor b, boolean transposeB, Tensor y) {
    matmul.matmul(a, transposeA, b, transposeB, y);
  }

  @Override
  public void conv2d(
      Tensor x, Tensor w, Tensor bias, Conv2dGeometry geometry, Activation f, Tensor y) {
    convolution.forward(x, w, bias, geometry, f, y);
  }

  @Override
  public void conv2dInputGrad(Tensor g, Tensor w, Conv2dGeometry geometry, Tensor x) {
    convolution.inputGrad(g, w, geometry, x);
  }

  @Override
  public void conv2dWeightGrad(Tensor x, Tensor g, Conv2dGeometry geometry, Tensor w) {
    convolution.weightGrad(x, g, geometry, w);
  }

  @Override
  public void slice(Tensor x, int axis, int start, Tensor y) {
    layout.slice(x, axis, start, y);
  }

  @Override
  public void paste(Tensor x, int axis, int start, Tensor y) {
    layout.paste(x, axis, start, y);
  }

  @Override
  public void gatherRows(Tensor x, Tensor rows, Tensor y) {
    layout.gatherRows(x, rows, y);
  }

  @Override
  public void scatterRows(Tensor g, Tensor rows, Tensor x) {
    layout.scatterRows(g, rows, x);
  }

  @Override
  public void transpose(Tensor x, Tensor y) {
    layout.transpose(x, y);
  }

  @Override
  public void upsample2x(Tensor x, Tensor y) {
    layout.upsample2x(x, y);
  }

  @Override
  public void upsample2xGrad(Tensor g, Tensor x) {
    layout.upsample2xGrad(g, x);
  }

  @Override
  public void adam(List<AdamSlot> slots, AdamRule rule, Tensor schedule, Tensor veto) {
    optimiser.adam(slots, rule, schedule, veto);
  }

  @Override
  public void normal(long seed, long stream, Tensor y) {
    random.normal(seed, stream, y);
  }

  @Override
  public void markNonFinite(List<Tensor> xs, Tensor flags, int first) {
    for (int i = 0; i < xs.size(); i++) {
      reductions.markNonFinite(xs.get(i), flags, first + i);
    }
  }

  @Override
  public void copyUnless(Tensor veto, Tensor x, Tensor y) {
    if (HostTransfer.first(veto) == 0) {
      layout.copy(x, y);
    }
  }
}
