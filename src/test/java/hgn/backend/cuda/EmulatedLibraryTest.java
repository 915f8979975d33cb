package hgn.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import jcuda.Pointer;
import jcuda.cudaDataType;
import jcuda.driver.CUdeviceptr;
import jcuda.jcublas.JCublas2;
import jcuda.jcublas.cublasComputeType;
import jcuda.jcublas.cublasHandle;
import jcuda.jcublas.cublasMath;
import jcuda.jcudnn.JCudnn;
import jcuda.jcudnn.cudnnConvolutionBwdFilterAlgoPerf;
import jcuda.jcudnn.cudnnConvolutionDescriptor;
import jcuda.jcudnn.cudnnConvolutionFwdAlgoPerf;
import jcuda.jcudnn.cudnnConvolutionMode;
import jcuda.jcudnn.cudnnDataType;
import jcuda.jcudnn.cudnnDeterminism;
import jcuda.jcudnn.cudnnFilterDescriptor;
import jcuda.jcudnn.cudnnHandle;
import jcuda.jcudnn.cudnnMathType;
import jcuda.jcudnn.cudnnTensorDescriptor;
import jcuda.jcudnn.cudnnTensorFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The stand-ins for cuDNN, reached through a JCudnn whose Java part is older than its native one,
 * and for cuBLAS.
 */
class EmulatedLibraryTest {
  private static final int FLOAT = cudnnDataType.CUDNN_DATA_FLOAT;
  private static final int BFLOAT16 = cudnnDataType.CUDNN_DATA_BFLOAT16;

  /** What cuDNN 9 calls CUDNN_STATUS_NOT_SUPPORTED. */
  private static final int NOT_SUPPORTED = 3000;

  private static final int NHWC = cudnnTensorFormat.CUDNN_TENSOR_NHWC;

  private EmulatedDevice device;
  private final cudnnHandle handle = new cudnnHandle();
  private final cudnnTensorDescriptor x = new cudnnTensorDescriptor();
  private final cudnnFilterDescriptor w = new cudnnFilterDescriptor();
  private final cudnnConvolutionDescriptor convolution = new cudnnConvolutionDescriptor();
  private final cudnnTensorDescriptor y = new cudnnTensorDescriptor();

  /** x (1,3,3,2) * w (2,2,2,1) without padding -> y (1,2,2,1). */
  @BeforeEach
  void open() {
    device = new EmulatedDevice();
    succeed(JCudnn.cudnnCreate(handle));
    succeed(JCudnn.cudnnCreateTensorDescriptor(x));
    succeed(JCudnn.cudnnSetTensor4dDescriptor(x, NHWC, FLOAT, 1, 2, 3, 3));
    succeed(JCudnn.cudnnCreateFilterDescriptor(w));
    succeed(JCudnn.cudnnSetFilter4dDescriptor(w, FLOAT, NHWC, 1, 2, 2, 2));
    succeed(JCudnn.cudnnCreateConvolutionDescriptor(convolution));
    succeed(
        JCudnn.cudnnSetConvolution2dDescriptor(
            convolution, 0, 0, 1, 1, 1, 1, cudnnConvolutionMode.CUDNN_CROSS_CORRELATION, FLOAT));
    succeed(JCudnn.cudnnSetConvolutionMathType(convolution, cudnnMathType.CUDNN_FMA_MATH));
    succeed(JCudnn.cudnnCreateTensorDescriptor(y));
    succeed(JCudnn.cudnnSetTensor4dDescriptor(y, NHWC, FLOAT, 1, 1, 2, 2));
  }

  @AfterEach
  void close() {
    if (device != null) {
      JCudnn.cudnnDestroyTensorDescriptor(y);
      JCudnn.cudnnDestroyConvolutionDescriptor(convolution);
      JCudnn.cudnnDestroyFilterDescriptor(w);
      JCudnn.cudnnDestroyTensorDescriptor(x);
      JCudnn.cudnnDestroy(handle);
      device.close();
    }
  }

  private static void succeed(int status) {
    assertEquals(0, status, JCudnn.cudnnGetErrorString(status));
  }

  @Test
  void theSearchFillsWhatTheCallerPasses() {
    CUdeviceptr input = device.floats(new float[18]);
    CUdeviceptr filter = device.floats(new float[8]);
    CUdeviceptr output = device.floats(new float[4]);
    CUdeviceptr scratch = device.allocate(1 << 16);
    var results = new cudnnConvolutionFwdAlgoPerf[20];
    Arrays.setAll(results, i -> new cudnnConvolutionFwdAlgoPerf());
    int[] count = {0};
    succeed(
        JCudnn.cudnnFindConvolutionForwardAlgorithmEx(
            handle,
            x,
            input,
            w,
            filter,
            convolution,
            y,
            output,
            results.length,
            count,
            results,
            scratch,
            1 << 16));
    assertEquals(10, count[0], "five algorithms, each under two math types");
    var usual =
        Arrays.stream(results, 0, count[0]).filter(r -> r.algo == 1).findFirst().orElseThrow();
    assertEquals(0, usual.status);
    assertEquals(cudnnDeterminism.CUDNN_DETERMINISTIC, usual.determinism);
    // JCudnn's native code passes the math type for the filter's gradient only.
    assertEquals(cudnnMathType.CUDNN_DEFAULT_MATH, usual.mathType);
    assertEquals(NOT_SUPPORTED, results[9].status, "what does not run comes last");
    assertTrue(results[9].time < 0);
    long[] needed = {0};
    succeed(
        JCudnn.cudnnGetConvolutionForwardWorkspaceSize(
            handle, x, w, convolution, y, usual.algo, needed));
    assertEquals(needed[0], usual.memory);
    assertTrue(Float.isNaN(device.floatsAt(output, 4)[0]), "the search leaves anything behind");

    var byFilter = new cudnnConvolutionBwdFilterAlgoPerf[20];
    Arrays.setAll(byFilter, i -> new cudnnConvolutionBwdFilterAlgoPerf());
    succeed(
        JCudnn.cudnnFindConvolutionBackwardFilterAlgorithmEx(
            handle,
            x,
            input,
            y,
            output,
            convolution,
            w,
            filter,
            byFilter.length,
            count,
            byFilter,
            scratch,
            1 << 16));
    assertEquals(cudnnMathType.CUDNN_DEFAULT_MATH, byFilter[0].mathType, "an extra row");
    assertTrue(
        Arrays.stream(byFilter, 0, count[0])
            .anyMatch(r -> r.algo == 1 && r.mathType == cudnnMathType.CUDNN_FMA_MATH));
    assertTrue(
        Arrays.stream(byFilter, 0, count[0])
            .anyMatch(r -> r.determinism == cudnnDeterminism.CUDNN_NON_DETERMINISTIC));
  }

  @Test
  void someAlgorithmsRunUnderTheDefaultMathTypeOnly() {
    CUdeviceptr input = device.floats(new float[18]);
    CUdeviceptr filter = device.floats(new float[8]);
    CUdeviceptr output = device.allocate(4 * 4);
    long[] needed = {0};
    assertEquals(NOT_SUPPORTED, statusOfSize(2, needed));
    succeed(statusOfSize(4, needed));
    CUdeviceptr scratch = device.allocate(needed[0]);
    assertEquals(NOT_SUPPORTED, forward(4, input, filter, scratch, needed[0], output));
    succeed(JCudnn.cudnnSetConvolutionMathType(convolution, cudnnMathType.CUDNN_DEFAULT_MATH));
    succeed(statusOfSize(2, needed));
    succeed(forward(2, input, filter, scratch, needed[0], output));
    succeed(forward(4, input, filter, scratch, needed[0], output));
  }

  private int forward(
      int algorithm,
      CUdeviceptr input,
      CUdeviceptr filter,
      CUdeviceptr scratch,
      long bytes,
      CUdeviceptr output) {
    Pointer one = Pointer.to(new float[] {1});
    Pointer zero = Pointer.to(new float[] {0});
    return JCudnn.cudnnConvolutionForward(
        handle, one, x, input, w, filter, convolution, algorithm, scratch, bytes, zero, y, output);
  }

  @Test
  void anAlgorithmThatVariesAddsInAnotherOrderInTheNextCall() {
    float[] image = new float[18];
    image[0] = 1;
    image[6] = 1e8f;
    image[8] = -1e8f;
    CUdeviceptr input = device.floats(image);
    CUdeviceptr gradient = device.floats(1, 1, 1, 1);
    CUdeviceptr dw = device.allocate(4 * 8);
    Pointer one = Pointer.to(new float[] {1});
    Pointer zero = Pointer.to(new float[] {0});
    float[][] results = new float[2][];
    for (int call = 0; call < 2; call++) {
      succeed(
          JCudnn.cudnnConvolutionBackwardFilter(
              handle, one, x, input, y, gradient, convolution, 3, new Pointer(), 0, zero, w, dw));
      results[call] = device.floatsAt(dw, 8);
    }
    assertNotEquals(results[0][0], results[1][0]); // 1 + 1e8 - 1e8
  }

  @Test
  void aConvolutionAndItsGradientsAgreeWithHandAndTranspose() {
    float[] image = new float[18];
    float[] kernel = {1, 0, 0, 2, -1, 0, 0, 3}; // by row, column, channel
    for (int i = 0; i < image.length; i++) {
      image[i] = i;
    }
    CUdeviceptr input = device.floats(image);
    CUdeviceptr filter = device.floats(kernel);
    CUdeviceptr output = device.floats(new float[4]);
    Pointer one = Pointer.to(new float[] {1});
    Pointer zero = Pointer.to(new float[] {0});
    succeed(
        JCudnn.cudnnConvolutionForward(
            handle, one, x, input, w, filter, convolution, 0, new Pointer(), 0, zero, y, output));
    // x(h,v,c) = 6h + 2v + c; y = x(h,v,0) + 2 x(h,v+1,1) - x(h+1,v,0) + 3 x(h+1,v+1,1)
    float[] expected = new float[4];
    for (int h = 0; h < 2; h++) {
      for (int v = 0; v < 2; v++) {
        float first = 6 * h + 2 * v;
        expected[2 * h + v] = first + 2 * (first + 3) - (first + 6) + 3 * (first + 9);
      }
    }
    assertArrayEquals(expected, device.floatsAt(output, 4));

    float[] g = {1, -2, 3, 5};
    CUdeviceptr gradient = device.floats(g);
    CUdeviceptr dx = device.allocate(4 * 18);
    CUdeviceptr dw = device.allocate(4 * 8);
    succeed(
        JCudnn.cudnnConvolutionBackwardData(
            handle, one, w, filter, y, gradient, convolution, 0, new Pointer(), 0, zero, x, dx));
    succeed(
        JCudnn.cudnnConvolutionBackwardFilter(
            handle, one, x, input, y, gradient, convolution, 0, new Pointer(), 0, zero, w, dw));
    float dot = dot(expected, g); // <y, g> = <x, dx> = <w, dw>
    assertEquals(dot, dot(image, device.floatsAt(dx, 18)));
    assertEquals(dot, dot(kernel, device.floatsAt(dw, 8)));
  }

  @Test
  void bfloat16IsForAllOperandsAndForTensorOperations() {
    succeed(JCudnn.cudnnSetTensor4dDescriptor(x, NHWC, BFLOAT16, 1, 2, 3, 3));
    succeed(JCudnn.cudnnSetFilter4dDescriptor(w, BFLOAT16, NHWC, 1, 2, 2, 2));
    succeed(JCudnn.cudnnSetConvolutionMathType(convolution, cudnnMathType.CUDNN_TENSOR_OP_MATH));
    assertEquals(NOT_SUPPORTED, statusOfSize(0, new long[1]), "a float32 result");
    succeed(JCudnn.cudnnSetTensor4dDescriptor(y, NHWC, BFLOAT16, 1, 1, 2, 2));
    succeed(statusOfSize(0, new long[1]));
    succeed(JCudnn.cudnnSetConvolutionMathType(convolution, cudnnMathType.CUDNN_FMA_MATH));
    assertEquals(NOT_SUPPORTED, statusOfSize(0, new long[1]), "without tensor operations");
  }

  private int statusOfSize(int algorithm, long[] bytes) {
    return JCudnn.cudnnGetConvolutionForwardWorkspaceSize(
        handle, x, w, convolution, y, algorithm, bytes);
  }

  @Test
  void bfloat16ResultsAreRoundedToTheNearest() {
    succeed(JCudnn.cudnnSetTensor4dDescriptor(x, NHWC, BFLOAT16, 1, 2, 3, 3));
    succeed(JCudnn.cudnnSetFilter4dDescriptor(w, BFLOAT16, NHWC, 1, 2, 2, 2));
    succeed(JCudnn.cudnnSetTensor4dDescriptor(y, NHWC, BFLOAT16, 1, 1, 2, 2));
    succeed(JCudnn.cudnnSetConvolutionMathType(convolution, cudnnMathType.CUDNN_TENSOR_OP_MATH));
    int one = 0x3f80; // as bfloat16; two of them in an int, the first in its lower half
    int tiny = 0x3b80; // 1/256, half a bfloat16 unit at 1
    CUdeviceptr input = device.ints(one | one << 16, 0, 0, 0, 0, 0, 0, 0, 0);
    CUdeviceptr filter = device.ints(one | tiny << 16, 0, 0, one | one << 16);
    CUdeviceptr output = device.ints(-1, -1);
    Pointer scale = Pointer.to(new float[] {1});
    Pointer zero = Pointer.to(new float[] {0});
    succeed(
        JCudnn.cudnnConvolutionForward(
            handle, scale, x, input, w, filter, convolution, 0, new Pointer(), 0, zero, y, output));
    assertArrayEquals(new int[] {one, 0}, device.intsAt(output, 2), "1 + 1/256 is midway, to 1");
    CUdeviceptr unaligned = device.allocate(40).withByteOffset(4);
    assertNotEquals(
        0,
        JCudnn.cudnnConvolutionForward(
            handle,
            scale,
            x,
            unaligned,
            w,
            filter,
            convolution,
            0,
            new Pointer(),
            0,
            zero,
            y,
            output),
        "an address that is no multiple of 16");
  }

  /** A tie between two neighbours in TF32, 1 and 1 + 2^-10. */
  private static final float TIE = 1 + 0x1p-11f;

  private static final float ABOVE = 1 + 0x1p-10f;

  /** As the hardware's cvt.rna.tf32 rounds: to the nearest, ties away from zero. */
  @Test
  void factorsAreRoundedToTf32WhereTheMathTypeAllowsIt() {
    float below = 1 + 0x0.ffep-11f;
    float[] image = {TIE, 0, below, 0, -TIE, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    CUdeviceptr input = device.floats(image);
    CUdeviceptr filter = device.floats(1, 0, 0, 0, 0, 0, 0, 0);
    CUdeviceptr output = device.floats(new float[4]);
    CUdeviceptr g = device.floats(-TIE, 0, 0, 0);
    CUdeviceptr dx = device.allocate(4 * 18);
    CUdeviceptr dw = device.allocate(4 * 8);
    Pointer one = Pointer.to(new float[] {1});
    Pointer zero = Pointer.to(new float[] {0});
    for (int type :
        new int[] {
          cudnnMathType.CUDNN_DEFAULT_MATH,
          cudnnMathType.CUDNN_TENSOR_OP_MATH,
          cudnnMathType.CUDNN_TENSOR_OP_MATH_ALLOW_CONVERSION,
          cudnnMathType.CUDNN_FMA_MATH
        }) {
      succeed(JCudnn.cudnnSetConvolutionMathType(convolution, type));
      succeed(
          JCudnn.cudnnConvolutionForward(
              handle, one, x, input, w, filter, convolution, 0, new Pointer(), 0, zero, y, output));
      succeed(
          JCudnn.cudnnConvolutionBackwardData(
              handle, one, w, filter, y, g, convolution, 0, new Pointer(), 0, zero, x, dx));
      succeed(
          JCudnn.cudnnConvolutionBackwardFilter(
              handle, one, x, input, y, g, convolution, 0, new Pointer(), 0, zero, w, dw));
      boolean rounds = type != cudnnMathType.CUDNN_FMA_MATH;
      float factor = rounds ? ABOVE : TIE;
      float[] result = device.floatsAt(output, 2);
      assertEquals(factor, result[0], "math type " + type);
      assertEquals(rounds ? 1 : below, result[1], "math type " + type);
      assertEquals(-factor, device.floatsAt(dx, 1)[0], "math type " + type);
      assertEquals(-factor * factor, device.floatsAt(dw, 1)[0], "math type " + type);
    }
  }

  @Test
  void aProductsFactorsAreRoundedToTf32WhereItsComputationAllowsIt() {
    CUdeviceptr a = device.floats(TIE, Float.POSITIVE_INFINITY);
    CUdeviceptr b = device.floats(-TIE);
    CUdeviceptr c = device.allocate(8);
    cublasHandle blas = new cublasHandle();
    assertEquals(0, JCublas2.cublasCreate(blas));
    for (int mode :
        new int[] {cublasMath.CUBLAS_DEFAULT_MATH, cublasMath.CUBLAS_TF32_TENSOR_OP_MATH}) {
      assertEquals(0, JCublas2.cublasSetMathMode(blas, mode));
      float allowed = mode == cublasMath.CUBLAS_DEFAULT_MATH ? TIE : ABOVE;
      assertEquals(
          -allowed * allowed, product(blas, a, b, c, cublasComputeType.CUBLAS_COMPUTE_32F));
      assertEquals(
          -TIE * TIE, product(blas, a, b, c, cublasComputeType.CUBLAS_COMPUTE_32F_PEDANTIC));
      assertEquals(
          -ABOVE * ABOVE, product(blas, a, b, c, cublasComputeType.CUBLAS_COMPUTE_32F_FAST_TF32));
    }
    JCublas2.cublasDestroy(blas);
  }

  /** The first element of a (2,1) times b (1,1), whose second is infinite. */
  private float product(
      cublasHandle blas, CUdeviceptr a, CUdeviceptr b, CUdeviceptr c, int compute) {
    int type = cudaDataType.CUDA_R_32F;
    Pointer one = Pointer.to(new float[] {1});
    Pointer zero = Pointer.to(new float[] {0});
    assertEquals(
        0,
        JCublas2.cublasGemmEx_new(
            blas, 0, 0, 2, 1, 1, one, a, type, 2, b, type, 1, zero, c, type, 2, compute, -1));
    float[] result = device.floatsAt(c, 2);
    assertEquals(Float.NEGATIVE_INFINITY, result[1]);
    return result[0];
  }

  private static float dot(float[] a, float[] b) {
    float sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
