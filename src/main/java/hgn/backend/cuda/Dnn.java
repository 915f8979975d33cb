package hgn.backend.cuda;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import jcuda.Pointer;
import jcuda.driver.CUdeviceptr;
import jcuda.jcudnn.JCudnn;
import jcuda.jcudnn.cudnnConvolutionDescriptor;
import jcuda.jcudnn.cudnnHandle;
import jcuda.runtime.cudaStream_t;

/**
 * The three convolutions by cuDNN, on images (N,H,W,C) and filters (O,kh,kw,C), all aligned to 16
 * bytes, and either all float32 or all {@link Bfloat16}. The first call of a case searches for its
 * algorithm. Thread-safe.
 */
final class Dnn {
  private static final long MIN_VERSION = 90000;

  private static final Pointer ONE = HostScalars.ONE;
  private static final Pointer ZERO = HostScalars.ZERO;

  private final Device device;
  private final cudnnHandle handle = new cudnnHandle();
  private final Map<ConvolutionCase, ConvolutionPlan> plans = new HashMap<>();
  private final AlgorithmSearch search;

  /**
   * Opens cuDNN, which must have been loaded.
   *
   * @throws UnsupportedOperationException if it is too old
   */
  Dnn(Device device) {
    this.device = device;
    if (version() < MIN_VERSION) {
      throw new UnsupportedOperationException(
          "cuDNN 9 is needed, the library found has version "
              + version()
              + "; install a later one");
    }
    requireDriver(JCudnn.cudnnGetCudartVersion(), device.driverVersion());
    Status.checkDnn("conv2d", "cudnnCreate", JCudnn.cudnnCreate(handle));
    Status.checkDnn(
        "conv2d",
        "cudnnSetStream",
        JCudnn.cudnnSetStream(handle, new cudaStream_t(device.stream())));
    search = new AlgorithmSearch(device, handle);
  }

  /**
   * Checks that a driver starts the library; its name does not tell the CUDA version.
   *
   * @param cuda CUDA version that the library was built for, as 12060 for 12.6
   * @param driver the one that the driver supports
   * @throws UnsupportedOperationException if it does not
   */
  static void requireDriver(long cuda, int driver) {
    if (cuda >= Drivers.CUDA_13 && driver < Drivers.CUDA_13) {
      throw new UnsupportedOperationException(
          "the cuDNN found was built for CUDA "
              + Drivers.dotted(Math.toIntExact(cuda))
              + ", the driver is for CUDA "
              + Drivers.dotted(driver)
              + "; install cuDNN 9 for CUDA 12, or driver "
              + Drivers.withCuda(Drivers.CUDA_13));
    }
  }

  /** Version of the library, as major * 10000 + minor * 100 + patch. */
  long version() {
    return JCudnn.cudnnGetVersion();
  }

  /** Operands of a case, one of which is the result and overwritten. */
  record Operands(Floats x, Floats w, Floats y) {
    /** Returns the operand that the direction computes. */
    Floats result(ConvolutionCase.Direction direction) {
      return switch (direction) {
        case FORWARD -> y;
        case INPUT_GRAD -> x;
        case WEIGHT_GRAD -> w;
      };
    }

    /** Returns the operands with {@code other} applied to each. */
    Operands map(UnaryOperator<Floats> other) {
      return new Operands(other.apply(x), other.apply(w), other.apply(y));
    }
  }

  /** Queues a convolution or one of its gradients. */
  synchronized void run(ConvolutionCase sizes, Operands operands, Scratch scratch) {
    device.bind();
    ConvolutionPlan plan = plans.get(sizes);
    if (plan == null) {
      device.requireNotRecording("the first " + sizes.direction().op() + " of its sizes");
      plans.put(sizes, runFirst(sizes, operands, scratch));
    } else {
      check(sizes, call(sizes, plan, operands, scratch));
    }
  }

  /**
   * Runs a new case with the best algorithm. One that cuDNN lists may still refuse to run under the
   * case's math type; then it is the next one's turn.
   */
  private ConvolutionPlan runFirst(ConvolutionCase sizes, Operands operands, Scratch scratch) {
    ConvolutionPlan plan = new ConvolutionPlan(sizes);
    List<AlgorithmChoice.Candidate> left =
        new ArrayList<>(search.candidates(sizes, plan, operands));
    while (true) {
      AlgorithmChoice.Candidate best = AlgorithmChoice.best(sizes, left);
      plan.choose(best);
      int code = call(sizes, plan, operands, scratch);
      if (!Status.isUnsupported(code)) {
        check(sizes, code);
        return plan;
      }
      left.removeIf(c -> c.algorithm() == best.algorithm());
    }
  }

  private static void check(ConvolutionCase sizes, int code) {
    Status.checkDnn(sizes.direction().op(), "cudnnConvolution" + sizes.direction().cudnn(), code);
  }

  private int call(ConvolutionCase sizes, ConvolutionPlan plan, Operands o, Scratch scratch) {
    CUdeviceptr x = o.x.pointer();
    CUdeviceptr w = o.w.pointer();
    CUdeviceptr y = o.y.pointer();
    cudnnConvolutionDescriptor conv = plan.convolution;
    int algorithm = plan.algorithm();
    long bytes = plan.workspace();
    Pointer space = bytes == 0 ? new Pointer() : scratch.bytes(bytes).pointer();
    return switch (sizes.direction()) {
      case FORWARD ->
          JCudnn.cudnnConvolutionForward(
              handle, ONE, plan.x, x, plan.w, w, conv, algorithm, space, bytes, ZERO, plan.y, y);
      case INPUT_GRAD ->
          JCudnn.cudnnConvolutionBackwardData(
              handle, ONE, plan.w, w, plan.y, y, conv, algorithm, space, bytes, ZERO, plan.x, x);
      case WEIGHT_GRAD ->
          JCudnn.cudnnConvolutionBackwardFilter(
              handle, ONE, plan.x, x, plan.y, y, conv, algorithm, space, bytes, ZERO, plan.w, w);
    };
  }
}
