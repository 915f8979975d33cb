package hgn.backend.cuda;

import hgn.tensor.DeviceMemoryError;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import jcuda.jcudnn.JCudnn;
import jcuda.jcudnn.cudnnConvolutionBwdDataAlgo;
import jcuda.jcudnn.cudnnConvolutionBwdDataAlgoPerf;
import jcuda.jcudnn.cudnnConvolutionBwdFilterAlgo;
import jcuda.jcudnn.cudnnConvolutionBwdFilterAlgoPerf;
import jcuda.jcudnn.cudnnConvolutionFwdAlgo;
import jcuda.jcudnn.cudnnConvolutionFwdAlgoPerf;
import jcuda.jcudnn.cudnnDeterminism;
import jcuda.jcudnn.cudnnHandle;
import jcuda.jcudnn.cudnnStatus;

/** Lets cuDNN try all its algorithms on the operands of a call. */
final class AlgorithmSearch {
  /** Most memory that an algorithm may need while they are compared. */
  private static final long MOST_WORKSPACE = 1L << 30;

  private static final long LEAST_WORKSPACE = 1L << 20;

  /** Each algorithm may be listed with and without tensor operations. */
  private static final int MATH_TYPES = 2;

  private final Device device;
  private final cudnnHandle handle;

  AlgorithmSearch(Device device, cudnnHandle handle) {
    this.device = device;
    this.handle = handle;
  }

  /** An algorithm as cuDNN reports it, whichever of its three classes does. */
  private record Tried(
      int status, int algorithm, int mathType, int determinism, float time, long memory) {
    boolean works() {
      return status == cudnnStatus.CUDNN_STATUS_SUCCESS;
    }

    AlgorithmChoice.Candidate candidate() {
      boolean deterministic = determinism == cudnnDeterminism.CUDNN_DETERMINISTIC;
      return new AlgorithmChoice.Candidate(algorithm, mathType, deterministic, time, memory);
    }
  }

  /** Tries all algorithms and fills {@code tried}; gives cuDNN's status. */
  private interface Trial<T> {
    int run(T[] tried, int[] count, DeviceMemory workspace);
  }

  /** The algorithms that work for a case; what its direction computes is overwritten. */
  List<AlgorithmChoice.Candidate> candidates(
      ConvolutionCase sizes, ConvolutionPlan plan, Dnn.Operands o) {
    List<Tried> tried =
        switch (sizes.direction()) {
          case FORWARD -> forward(sizes, plan, o);
          case INPUT_GRAD -> inputGrad(sizes, plan, o);
          case WEIGHT_GRAD -> weightGrad(sizes, plan, o);
        };
    return tried.stream().filter(Tried::works).map(Tried::candidate).toList();
  }

  private List<Tried> forward(ConvolutionCase sizes, ConvolutionPlan plan, Dnn.Operands o) {
    return tried(
        sizes,
        plan,
        cudnnConvolutionFwdAlgo.CUDNN_CONVOLUTION_FWD_ALGO_COUNT,
        cudnnConvolutionFwdAlgoPerf[]::new,
        cudnnConvolutionFwdAlgoPerf::new,
        (tried, count, workspace) ->
            JCudnn.cudnnFindConvolutionForwardAlgorithmEx(
                handle,
                plan.x,
                o.x().pointer(),
                plan.w,
                o.w().pointer(),
                plan.convolution,
                plan.y,
                o.y().pointer(),
                tried.length,
                count,
                tried,
                workspace.pointer(),
                workspace.bytes()),
        t -> new Tried(t.status, t.algo, t.mathType, t.determinism, t.time, t.memory));
  }

  private List<Tried> inputGrad(ConvolutionCase sizes, ConvolutionPlan plan, Dnn.Operands o) {
    return tried(
        sizes,
        plan,
        cudnnConvolutionBwdDataAlgo.CUDNN_CONVOLUTION_BWD_DATA_ALGO_COUNT,
        cudnnConvolutionBwdDataAlgoPerf[]::new,
        cudnnConvolutionBwdDataAlgoPerf::new,
        (tried, count, workspace) ->
            JCudnn.cudnnFindConvolutionBackwardDataAlgorithmEx(
                handle,
                plan.w,
                o.w().pointer(),
                plan.y,
                o.y().pointer(),
                plan.convolution,
                plan.x,
                o.x().pointer(),
                tried.length,
                count,
                tried,
                workspace.pointer(),
                workspace.bytes()),
        t -> new Tried(t.status, t.algo, t.mathType, t.determinism, t.time, t.memory));
  }

  private List<Tried> weightGrad(ConvolutionCase sizes, ConvolutionPlan plan, Dnn.Operands o) {
    return tried(
        sizes,
        plan,
        cudnnConvolutionBwdFilterAlgo.CUDNN_CONVOLUTION_BWD_FILTER_ALGO_COUNT,
        cudnnConvolutionBwdFilterAlgoPerf[]::new,
        cudnnConvolutionBwdFilterAlgoPerf::new,
        (tried, count, workspace) ->
            JCudnn.cudnnFindConvolutionBackwardFilterAlgorithmEx(
                handle,
                plan.x,
                o.x().pointer(),
                plan.y,
                o.y().pointer(),
                plan.convolution,
                plan.w,
                o.w().pointer(),
                tried.length,
                count,
                tried,
                workspace.pointer(),
                workspace.bytes()),
        t -> new Tried(t.status, t.algo, t.mathType, t.determinism, t.time, t.memory));
  }

  private <T> List<Tried> tried(
      ConvolutionCase sizes,
      ConvolutionPlan plan,
      int algorithms,
      IntFunction<T[]> array,
      Supplier<T> blank,
      Trial<T> trial,
      Function<T, Tried> read) {
    T[] tried = array.apply(algorithms * MATH_TYPES);
    Arrays.setAll(tried, i -> blank.get());
    int[] count = new int[1];
    DeviceMemory workspace = workspace(plan, algorithms);
    try {
      Status.checkDnn(
          sizes.direction().op(),
          "cudnnFindConvolution" + sizes.direction().cudnn() + "AlgorithmEx",
          trial.run(tried, count, workspace));
    } finally {
      workspace.free();
    }
    return Arrays.stream(tried, 0, count[0]).map(read).toList();
  }

  /** As much as the neediest of the algorithms wants, within reason; those that want more fail. */
  private DeviceMemory workspace(ConvolutionPlan plan, int algorithms) {
    long most = 1;
    for (int algorithm = 0; algorithm < algorithms; algorithm++) {
      long bytes = plan.workspace(handle, algorithm);
      if (bytes <= MOST_WORKSPACE) {
        most = Math.max(most, bytes);
      }
    }
    while (true) {
      try {
        return device.allocate(most);
      } catch (DeviceMemoryError full) {
        if (most <= LEAST_WORKSPACE) {
          throw full;
        }
        most /= 2; // a frugal algorithm may do
      }
    }
  }
}
