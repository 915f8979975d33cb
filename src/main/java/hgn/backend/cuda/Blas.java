package hgn.backend.cuda;

import jcuda.Pointer;
import jcuda.jcublas.JCublas2;
import jcuda.jcublas.cublasHandle;
import jcuda.jcublas.cublasMath;
import jcuda.jcublas.cublasOperation;
import jcuda.runtime.cudaStream_t;

/** Matrix products by cuBLAS, in float32 throughout. Thread-safe. */
final class Blas {
  /**
   * Workspace in bytes, which cuBLAS could not allocate itself while work is recorded; the size
   * that it uses on the largest devices.
   */
  private static final long WORKSPACE = 32L << 20;

  private static final String OP = "matmul";
  private static final Pointer ONE = HostScalars.ONE;
  private static final Pointer ZERO = HostScalars.ZERO;

  private final Device device;
  private final cublasHandle handle = new cublasHandle();

  Blas(Device device) {
    this.device = device;
    Status.checkBlas(OP, "cublasCreate", JCublas2.cublasCreate(handle));
    Status.checkBlas(
        OP, "cublasSetStream", JCublas2.cublasSetStream(handle, new cudaStream_t(device.stream())));
    Status.checkBlas(
        OP,
        "cublasSetMathMode",
        JCublas2.cublasSetMathMode(handle, cublasMath.CUBLAS_DEFAULT_MATH));
    DeviceMemory workspace = device.allocate(WORKSPACE);
    Status.checkBlas(
        OP,
        "cublasSetWorkspace",
        JCublas2.cublasSetWorkspace(handle, workspace.pointer(), WORKSPACE));
  }

  /**
   * y (rows, columns) = op(a) op(b). cuBLAS expects column-major matrices and thus sees ours
   * transposed, so it computes y^T = op(b)^T op(a)^T.
   */
  synchronized void multiply(
      Floats a,
      boolean transposeA,
      Floats b,
      boolean transposeB,
      Floats y,
      int inner,
      int columns) {
    device.bind();
    int rows = Math.toIntExact(y.count() / columns);
    Status.checkBlas(
        OP,
        "cublasSgemm",
        JCublas2.cublasSgemm(
            handle,
            operation(transposeB),
            operation(transposeA),
            columns,
            rows,
            inner,
            ONE,
            b.pointer(),
            transposeB ? inner : columns,
            a.pointer(),
            transposeA ? rows : inner,
            ZERO,
            y.pointer(),
            columns));
  }

  /** Version of the library, as major * 10000 + minor * 100 + patch. */
  int version() {
    int[] version = new int[1];
    Status.checkBlas(OP, "cublasGetVersion", JCublas2.cublasGetVersion(handle, version));
    return version[0];
  }

  private static int operation(boolean transpose) {
    return transpose ? cublasOperation.CUBLAS_OP_T : cublasOperation.CUBLAS_OP_N;
  }
}
