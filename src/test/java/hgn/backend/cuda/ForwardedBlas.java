package hgn.backend.cuda;

import java.nio.file.Path;
import java.util.Arrays;
import jcuda.Pointer;
import jcuda.driver.CUcontext;
import jcuda.driver.CUdevice;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.JCudaDriver;
import jcuda.jcublas.JCublas2;
import jcuda.jcublas.cublasHandle;
import jcuda.jcublas.cublasOperation;

/** A program that multiplies matrices by JCublas2 with the given libraries. */
final class ForwardedBlas {
  private ForwardedBlas() {}

  /** Loads the libraries in turn and prints cuBLAS's version and a product's result. */
  public static void main(String[] libraries) {
    for (String library : libraries) {
      System.load(Path.of(library).toAbsolutePath().toString());
    }
    JCudaDriver.setExceptionsEnabled(true);
    JCudaDriver.cuInit(0);
    CUdevice device = new CUdevice();
    JCudaDriver.cuDeviceGet(device, 0);
    CUcontext context = new CUcontext();
    JCudaDriver.cuDevicePrimaryCtxRetain(context, device);
    JCudaDriver.cuCtxSetCurrent(context);
    JCublas2.setExceptionsEnabled(true);
    cublasHandle handle = new cublasHandle();
    JCublas2.cublasCreate(handle);
    int[] version = {0};
    JCublas2.cublasGetVersion(handle, version);
    CUdeviceptr a = upload(1, 2, 3, 4); // columns (1,2) and (3,4)
    CUdeviceptr b = upload(10, 100);
    CUdeviceptr c = upload(0, 0);
    int plain = cublasOperation.CUBLAS_OP_N;
    Pointer one = Pointer.to(new float[] {1});
    JCublas2.cublasSgemm(handle, plain, plain, 2, 1, 2, one, a, 2, b, 2, one, c, 2);
    float[] result = new float[2];
    JCudaDriver.cuMemcpyDtoH(Pointer.to(result), c, 8);
    System.out.println(version[0] + " " + Arrays.toString(result));
  }

  private static CUdeviceptr upload(float... values) {
    CUdeviceptr memory = new CUdeviceptr();
    JCudaDriver.cuMemAlloc(memory, 4L * values.length);
    JCudaDriver.cuMemcpyHtoD(memory, Pointer.to(values), 4L * values.length);
    return memory;
  }
}
