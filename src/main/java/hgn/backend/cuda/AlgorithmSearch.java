package hgn.backend.cuda;

import hgn.tensor.DeviceMemoryError;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import jcuda.driver.CUdeviceptr;
import jcuda.jcudnn.JCudnn;
import jcuda.jcudnn.cudnnConvolutionBwdDataAlgo;
import jcuda.jcudnn.cudnnConvolutionBwdDataAlgoPerf;
import jcuda.jcudnn.cudnnConvolutionBwdFilterAlgo;
import jcuda.jcudnn.cudnnConvolutionBwdFilterAlgoPerf;
import jcuda.jcudnn.cudnnConvolutionDescriptor;
import jcuda.jcudnn.cudnnConvolutionFwdAlgo;
import jcuda.jcudnn.cudnnConvolutionFwdAlgoPerf;
import jcuda.jcudnn.cudnnDeterminism;
import jcuda.jcudnn.cudnnHandle;
import jcuda.jcudnn.cudnnStatus;

/** Lets cuDNN time all its algorithms on the operands of a call. */
final class AlgorithmSearch {
  /** Most workspace that an algorithm may use in the comparison, in bytes. */
  private static final long MAX_WORKSPACE = 1L << 30;

  private static final long MIN_WORKSPACE = 1L << 20;

  /** Each algorithm may be listed with and without tensor operations. */
  private static final int MATH_TYPES = 2;

  private static final int FORWARD = cudnnConvolutionFwdAlgo.CUDNN_CONVOLUTION_FWD_ALGO_COUNT;
  private static final int INPUT_GRAD =
      cudnnConvolutionBwdDataAlgo.CUDNN_CONVOLUTION_BWD_DATA_ALGO_COUNT;
  private static final int WEIGHT_GRAD =
      cudnnConvolutionBwdFilterAlgo.CUDNN_CONVOLUTION_BWD_FILTER_ALGO_COUNT;

  private final Device device;
  private final cudnnHandle handle;

  AlgorithmSearch(Device device, cudnnHandle handle) {
    this.device = device;
    this.handle = handle;
  }

  /** An algorithm as reported by any of cuDNN's three result classes. */
  private record Tried(int status, int algorithm, int mathType, int determinism, float time) {
    boolean works() {
      return status == cudnnStatus.CUDNN_STATUS_SUCCESS;
    }

    AlgorithmChoice.Candidate candidate(long workspace) {
      boolean deterministic = determinism == cudnnDeterminism.CUDNN_DETERMINISTIC;
      return new AlgorithmChoice.Candidate(algorithm, mathType, deterministic, time, workspace);
    }
  }

  /**
   * Tries algorithms in {@code bytes} of workspace and fills {@code tried}; returns cuDNN's status.
   */
  private interface Trial<T> {
    int run(T[] tried, int[] count, CUdeviceptr workspace, long bytes);
  }

  /**
   * Returns the algorithms that work for a case, with the workspace that they need under its math
   * type; overwrites the operand that its direction computes.
   */
  List<AlgorithmChoice.Candidate> candidates(
      ConvolutionCase sizes, ConvolutionPlan plan, Dnn.Operands operands) {
    CUdeviceptr x = operands.x().pointer();
    CUdeviceptr w = operands.w().pointer();
    CUdeviceptr y = operands.y().pointer();
    cudnnConvolutionDescriptor conv = plan.convolution;
    List<Tried> tried =
        switch (sizes.direction()) {
          case FORWARD ->
              tried(
                  sizes,
                  plan,
                  new cudnnConvolutionFwdAlgoPerf[MATH_TYPES * FORWARD],
                  AlgorithmSearch::forward,
                  (t, n, at, bytes) ->
                      JCudnn.cudnnFindConvolutionForwardAlgorithmEx(
                          handle, plan.x, x, plan.w, w, conv, plan.y, y, t.length, n, t, at, bytes),
                  t -> new Tried(t.status, t.algo, t.mathType, t.determinism, t.time));
          case INPUT_GRAD ->
              tried(
                  sizes,
                  plan,
                  new cudnnConvolutionBwdDataAlgoPerf[MATH_TYPES * INPUT_GRAD],
                  AlgorithmSearch::inputGrad,
                  (t, n, at, bytes) ->
                      JCudnn.cudnnFindConvolutionBackwardDataAlgorithmEx(
                          handle, plan.w, w, plan.y, y, conv, plan.x, x, t.length, n, t, at, bytes),
                  t -> new Tried(t.status, t.algo, t.mathType, t.determinism, t.time));
          case WEIGHT_GRAD ->
              tried(
                  sizes,
                  plan,
                  new cudnnConvolutionBwdFilterAlgoPerf[MATH_TYPES * WEIGHT_GRAD],
                  AlgorithmSearch::weightGrad,
                  (t, n, at, bytes) ->
                      JCudnn.cudnnFindConvolutionBackwardFilterAlgorithmEx(
                          handle, plan.x, x, plan.y, y, conv, plan.w, w, t.length, n, t, at, bytes),
                  t -> new Tried(t.status, t.algo, t.mathType, t.determinism, t.time));
        };
    return tried.stream()
        .filter(Tried::works)
        .map(t -> t.candidate(plan.workspace(handle, t.algorithm())))
        .filter(c -> c.workspace() <= MAX_WORKSPACE)
        .toList();
  }

  // The binding does not set all math types. What it leaves alone must not look like the default.

  private static cudnnConvolutionFwdAlgoPerf forward() {
    cudnnConvolutionFwdAlgoPerf blank = new cudnnConvolutionFwdAlgoPerf();
    blank.mathType = AlgorithmChoice.UNKNOWN_MATH;
    return blank;
  }

  private static cudnnConvolutionBwdDataAlgoPerf inputGrad() {
    cudnnConvolutionBwdDataAlgoPerf blank = new cudnnConvolutionBwdDataAlgoPerf();
    blank.mathType = AlgorithmChoice.UNKNOWN_MATH;
    return blank;
  }

  private static cudnnConvolutionBwdFilterAlgoPerf weightGrad() {
    cudnnConvolutionBwdFilterAlgoPerf blank = new cudnnConvolutionBwdFilterAlgoPerf();
    blank.mathType = AlgorithmChoice.UNKNOWN_MATH;
    return blank;
  }

  private <T> List<Tried> tried(
      ConvolutionCase sizes,
      ConvolutionPlan plan,
      T[] tried,
      Supplier<T> blank,
      Trial<T> trial,
      Function<T, Tried> read) {
    Arrays.setAll(tried, i -> blank.get());
    int[] count = new int[1];
    DeviceMemory workspace = workspace(plan, tried.length / MATH_TYPES);
    try {
      Status.checkDnn(
          sizes.direction().op(),
          "cudnnFindConvolution" + sizes.direction().cudnn() + "AlgorithmEx",
          trial.run(tried, count, workspace.pointer(), workspace.bytes()));
    } finally {
      workspace.free();
    }
    return Arrays.stream(tried, 0, count[0]).map(read).toList();
  }

  /**
   * Allocates as much as the most demanding algorithm wants, up to the limit; algorithms that want
   * more fail.
   */
  private DeviceMemory workspace(ConvolutionPlan plan, int algorithms) {
    long most = 1;
    for (int algorithm = 0; algorithm < algorithms; algorithm++) {
      long bytes = plan.workspace(handle, algorithm);
      if (bytes <= MAX_WORKSPACE) {
        most = Math.max(most, bytes);
      }
    }
    while (true) {
      try {
        return device.allocate(most);
      } catch (DeviceMemoryError full) {
        if (most <= MIN_WORKSPACE) {
          throw full;
        }
        most /= 2; // an algorithm with less workspace may still run
      }
    }
  }
}
