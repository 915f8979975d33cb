package hgn.backend.cuda;

import hgn.tensor.Precision;
import hgn.tensor.Shape;
import jcuda.jcudnn.JCudnn;
import jcuda.jcudnn.cudnnConvolutionDescriptor;
import jcuda.jcudnn.cudnnConvolutionMode;
import jcuda.jcudnn.cudnnDataType;
import jcuda.jcudnn.cudnnFilterDescriptor;
import jcuda.jcudnn.cudnnHandle;
import jcuda.jcudnn.cudnnMathType;
import jcuda.jcudnn.cudnnStatus;
import jcuda.jcudnn.cudnnTensorDescriptor;
import jcuda.jcudnn.cudnnTensorFormat;

/** The descriptors of one {@link ConvolutionCase}, and the algorithm chosen for it. */
final class ConvolutionPlan {
  final cudnnTensorDescriptor x;
  final cudnnTensorDescriptor y;
  final cudnnFilterDescriptor w = new cudnnFilterDescriptor();
  final cudnnConvolutionDescriptor convolution = new cudnnConvolutionDescriptor();
  private final ConvolutionCase sizes;
  private int algorithm;
  private long workspace;

  ConvolutionPlan(ConvolutionCase sizes) {
    this.sizes = sizes;
    x = image(sizes.x());
    y = image(sizes.y());
    check("cudnnCreateFilterDescriptor", JCudnn.cudnnCreateFilterDescriptor(w));
    Shape kernel = sizes.w();
    check(
        "cudnnSetFilter4dDescriptor",
        JCudnn.cudnnSetFilter4dDescriptor(
            w,
            dataType(),
            cudnnTensorFormat.CUDNN_TENSOR_NHWC,
            kernel.dim(3),
            kernel.dim(2),
            kernel.dim(0),
            kernel.dim(1)));
    check("cudnnCreateConvolutionDescriptor", JCudnn.cudnnCreateConvolutionDescriptor(convolution));
    check(
        "cudnnSetConvolution2dDescriptor",
        JCudnn.cudnnSetConvolution2dDescriptor(
            convolution,
            sizes.rows(),
            sizes.columns(),
            sizes.stride(),
            sizes.stride(),
            1,
            1,
            cudnnConvolutionMode.CUDNN_CROSS_CORRELATION,
            cudnnDataType.CUDNN_DATA_FLOAT));
    check(
        "cudnnSetConvolutionMathType",
        JCudnn.cudnnSetConvolutionMathType(convolution, mathType(sizes.precision())));
  }

  private cudnnTensorDescriptor image(Shape shape) {
    cudnnTensorDescriptor descriptor = new cudnnTensorDescriptor();
    check("cudnnCreateTensorDescriptor", JCudnn.cudnnCreateTensorDescriptor(descriptor));
    check(
        "cudnnSetTensor4dDescriptor",
        JCudnn.cudnnSetTensor4dDescriptor(
            descriptor,
            cudnnTensorFormat.CUDNN_TENSOR_NHWC,
            dataType(),
            shape.dim(0),
            shape.dim(3),
            shape.dim(1),
            shape.dim(2)));
    return descriptor;
  }

  /** The data type of all three operands; sums are float32 either way. */
  private int dataType() {
    return sizes.isBfloat16() ? cudnnDataType.CUDNN_DATA_BFLOAT16 : cudnnDataType.CUDNN_DATA_FLOAT;
  }

  /**
   * Returns cuDNN's math type for a precision: its tensor operations round float32 operands to
   * TF32. All algorithms of a plan are asked for, and run, under this one.
   */
  static int mathType(Precision precision) {
    return switch (precision) {
      case FP32 -> cudnnMathType.CUDNN_FMA_MATH;
      case TF32, BF16 -> cudnnMathType.CUDNN_TENSOR_OP_MATH;
    };
  }

  /** Sets the algorithm. */
  void choose(AlgorithmChoice.Candidate best) {
    algorithm = best.algorithm();
    workspace = best.workspace();
  }

  /**
   * Workspace that an algorithm needs, in bytes; -1 if it cannot compute this case under the math
   * type of its precision.
   */
  long workspace(cudnnHandle handle, int candidate) {
    long[] bytes = new long[1];
    int code =
        switch (sizes.direction()) {
          case FORWARD ->
              JCudnn.cudnnGetConvolutionForwardWorkspaceSize(
                  handle, x, w, convolution, y, candidate, bytes);
          case INPUT_GRAD ->
              JCudnn.cudnnGetConvolutionBackwardDataWorkspaceSize(
                  handle, w, y, convolution, x, candidate, bytes);
          case WEIGHT_GRAD ->
              JCudnn.cudnnGetConvolutionBackwardFilterWorkspaceSize(
                  handle, x, y, convolution, w, candidate, bytes);
        };
    return code == cudnnStatus.CUDNN_STATUS_SUCCESS ? bytes[0] : -1;
  }

  private void check(String call, int code) {
    Status.checkDnn(sizes.direction().op(), call, code);
  }

  /** cuDNN's number of the chosen algorithm. */
  int algorithm() {
    return algorithm;
  }

  /** Workspace of the chosen algorithm, in bytes. */
  long workspace() {
    return workspace;
  }
}
