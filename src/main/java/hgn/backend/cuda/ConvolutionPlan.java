package hgn.backend.cuda;

import hgn.tensor.Precision;
import hgn.tensor.Shape;
import jcuda.jcudnn.JCudnn;
import jcuda.jcudnn.cudnnConvolutionDescriptor;
import jcuda.jcudnn.cudnnConvolutionMode;
import jcuda.jcudnn.cudnnDataType;
import jcuda.jcudnn.cudnnFilterDescriptor;
import jcuda.jcudnn.cudnnMathType;
import jcuda.jcudnn.cudnnTensorDescriptor;
import jcuda.jcudnn.cudnnTensorFormat;

/** The descriptors of one {@link ConvolutionCase}, and the algorithm chosen for it. */
final class ConvolutionPlan {
  final cudnnTensorDescriptor x;
  final cudnnTensorDescriptor y;
  final cudnnFilterDescriptor w = new cudnnFilterDescriptor();
  final cudnnConvolutionDescriptor convolution = new cudnnConvolutionDescriptor();
  private final String op;
  private final Precision precision;
  private int algorithm;
  private long workspace;

  ConvolutionPlan(ConvolutionCase sizes) {
    op = sizes.direction().op();
    precision = sizes.precision();
    x = image(sizes.x());
    y = image(sizes.y());
    check("cudnnCreateFilterDescriptor", JCudnn.cudnnCreateFilterDescriptor(w));
    Shape kernel = sizes.w();
    check(
        "cudnnSetFilter4dDescriptor",
        JCudnn.cudnnSetFilter4dDescriptor(
            w,
            cudnnDataType.CUDNN_DATA_FLOAT,
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
    setMath(mathType(sizes.precision()));
  }

  private cudnnTensorDescriptor image(Shape shape) {
    cudnnTensorDescriptor descriptor = new cudnnTensorDescriptor();
    check("cudnnCreateTensorDescriptor", JCudnn.cudnnCreateTensorDescriptor(descriptor));
    check(
        "cudnnSetTensor4dDescriptor",
        JCudnn.cudnnSetTensor4dDescriptor(
            descriptor,
            cudnnTensorFormat.CUDNN_TENSOR_NHWC,
            cudnnDataType.CUDNN_DATA_FLOAT,
            shape.dim(0),
            shape.dim(3),
            shape.dim(1),
            shape.dim(2)));
    return descriptor;
  }

  /** What cuDNN calls the precision: its tensor operations round float32 factors to TF32. */
  static int mathType(Precision precision) {
    return switch (precision) {
      case FP32 -> cudnnMathType.CUDNN_FMA_MATH;
      case TF32 -> cudnnMathType.CUDNN_TENSOR_OP_MATH;
    };
  }

  /** Settles how it is computed. */
  void choose(AlgorithmChoice.Candidate best) {
    algorithm = best.algorithm();
    workspace = best.workspace();
    // in full precision the candidate may name the default, which would allow TF32
    setMath(precision == Precision.FP32 ? mathType(precision) : best.mathType());
  }

  private void setMath(int mathType) {
    check("cudnnSetConvolutionMathType", JCudnn.cudnnSetConvolutionMathType(convolution, mathType));
  }

  private void check(String call, int code) {
    Status.checkDnn(op, call, code);
  }

  /** cuDNN's number of the chosen algorithm. */
  int algorithm() {
    return algorithm;
  }

  /** Bytes that the chosen algorithm needs beside its operands. */
  long workspace() {
    return workspace;
  }
}
