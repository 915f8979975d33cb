package hgn.backend.cuda;

import hgn.tensor.DeviceMemoryError;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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

  /** Asks for the bytes of workspace that an algorithm needs; gives cuDNN's status. */
  private interface WorkspaceQuery {
    int ask(int algorithm, long[] bytes);
  }

  /** Memory for the algorithms while they are tried. */
  private record Workspace(DeviceMemory memory) implements AutoCloseable {
    @Override
    public void close() {
      memory.free();
    }
  }

  /** The algorithms that work for a case; what its direction computes is overwritten. */
  List<AlgorithmChoice.Candidate> candidates(
      ConvolutionCase sizes, ConvolutionPlan plan, Dnn.Operands operands) {
    return switch (sizes.direction()) {
      case FORWARD -> forward(plan, operands);
      case INPUT_GRAD -> inputGrad(plan, operands);
      case WEIGHT_GRAD -> weightGrad(plan, operands);
    };
  }

  /** As much as the neediest of the algorithms wants, within reason; those that want more fail. */
  private Workspace workspace(int algorithms, WorkspaceQuery query) {
    long most = 1;
    for (int algorithm = 0; algorithm < algorithms; algorithm++) {
      long[] bytes = new long[1];
      if (query.ask(algorithm, bytes) == cudnnStatus.CUDNN_STATUS_SUCCESS
          && bytes[0] <= MOST_WORKSPACE) {
        most = Math.max(most, bytes[0]);
      }
    }
    while (true) {
      try {
        return new Workspace(device.allocate(most));
      } catch (DeviceMemoryError full) {
        if (most <= LEAST_WORKSPACE) {
          throw full;
        }
        most /= 2; // a frugal algorithm may do
      }
    }
  }

  private List<AlgorithmChoice.Candidate> forward(ConvolutionPlan plan, Dnn.Operands o) {
    int algorithms = cudnnConvolutionFwdAlgo.CUDNN_CONVOLUTION_FWD_ALGO_COUNT;
    var tried = new cudnnConvolutionFwdAlgoPerf[algorithms * MATH_TYPES];
    Arrays.setAll(tried, i -> new cudnnConvolutionFwdAlgoPerf());
    int[] count = new int[1];
    try (Workspace workspace =
        workspace(
            algorithms,
            (algorithm, bytes) ->
                JCudnn.cudnnGetConvolutionForwardWorkspaceSize(
                    handle, plan.x, plan.w, plan.convolution, plan.y, algorithm, bytes))) {
      Status.checkDnn(
          "conv2d",
          "cudnnFindConvolutionForwardAlgorithmEx",
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
              workspace.memory().pointer(),
              workspace.memory().bytes()));
    }
    List<AlgorithmChoice.Candidate> candidates = new ArrayList<>();
    for (var t : Arrays.copyOf(tried, count[0])) {
      add(candidates, t.status, t.algo, t.mathType, t.determinism, t.time, t.memory);
    }
    return candidates;
  }

  private List<AlgorithmChoice.Candidate> inputGrad(ConvolutionPlan plan, Dnn.Operands o) {
    int algorithms = cudnnConvolutionBwdDataAlgo.CUDNN_CONVOLUTION_BWD_DATA_ALGO_COUNT;
    var tried = new cudnnConvolutionBwdDataAlgoPerf[algorithms * MATH_TYPES];
    Arrays.setAll(tried, i -> new cudnnConvolutionBwdDataAlgoPerf());
    int[] count = new int[1];
    try (Workspace workspace =
        workspace(
            algorithms,
            (algorithm, bytes) ->
                JCudnn.cudnnGetConvolutionBackwardDataWorkspaceSize(
                    handle, plan.w, plan.y, plan.convolution, plan.x, algorithm, bytes))) {
      Status.checkDnn(
          "conv2dInputGrad",
          "cudnnFindConvolutionBackwardDataAlgorithmEx",
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
              workspace.memory().pointer(),
              workspace.memory().bytes()));
    }
    List<AlgorithmChoice.Candidate> candidates = new ArrayList<>();
    for (var t : Arrays.copyOf(tried, count[0])) {
      add(candidates, t.status, t.algo, t.mathType, t.determinism, t.time, t.memory);
    }
    return candidates;
  }

  private List<AlgorithmChoice.Candidate> weightGrad(ConvolutionPlan plan, Dnn.Operands o) {
    int algorithms = cudnnConvolutionBwdFilterAlgo.CUDNN_CONVOLUTION_BWD_FILTER_ALGO_COUNT;
    var tried = new cudnnConvolutionBwdFilterAlgoPerf[algorithms * MATH_TYPES];
    Arrays.setAll(tried, i -> new cudnnConvolutionBwdFilterAlgoPerf());
    int[] count = new int[1];
    try (Workspace workspace =
        workspace(
            algorithms,
            (algorithm, bytes) ->
                JCudnn.cudnnGetConvolutionBackwardFilterWorkspaceSize(
                    handle, plan.x, plan.y, plan.convolution, plan.w, algorithm, bytes))) {
      Status.checkDnn(
          "conv2dWeightGrad",
          "cudnnFindConvolutionBackwardFilterAlgorithmEx",
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
              workspace.memory().pointer(),
              workspace.memory().bytes()));
    }
    List<AlgorithmChoice.Candidate> candidates = new ArrayList<>();
    for (var t : Arrays.copyOf(tried, count[0])) {
      add(candidates, t.status, t.algo, t.mathType, t.determinism, t.time, t.memory);
    }
    return candidates;
  }

  private static void add(
      List<AlgorithmChoice.Candidate> candidates,
      int status,
      int algorithm,
      int mathType,
      int determinism,
      float time,
      long memory) {
    if (status == cudnnStatus.CUDNN_STATUS_SUCCESS) {
      boolean deterministic = determinism == cudnnDeterminism.CUDNN_DETERMINISTIC;
      candidates.add(
          new AlgorithmChoice.Candidate(algorithm, mathType, deterministic, time, memory));
    }
  }
}
