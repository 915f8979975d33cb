package hgn.backend.cuda;

import static jcuda.driver.JCudaDriver.cuCtxSetCurrent;
import static jcuda.driver.JCudaDriver.cuDeviceGet;
import static jcuda.driver.JCudaDriver.cuDevicePrimaryCtxRetain;
import static jcuda.driver.JCudaDriver.cuInit;
import static jcuda.driver.JCudaDriver.cuLaunchKernel;
import static jcuda.driver.JCudaDriver.cuMemAlloc;
import static jcuda.driver.JCudaDriver.cuMemFree;
import static jcuda.driver.JCudaDriver.cuMemcpyDtoH;
import static jcuda.driver.JCudaDriver.cuModuleGetFunction;
import static jcuda.driver.JCudaDriver.cuModuleLoadData;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jcuda.Pointer;
import jcuda.Sizeof;
import jcuda.driver.CUcontext;
import jcuda.driver.CUdevice;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUfunction;
import jcuda.driver.CUmodule;
import jcuda.driver.JCudaDriver;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class EmulatedDriverTest {
  private static CUmodule module;

  @BeforeAll
  static void loadKernels() {
    CudaEmulator.install();
    JCudaDriver.setExceptionsEnabled(true);
    cuInit(0);
    CUdevice device = new CUdevice();
    cuDeviceGet(device, 0);
    CUcontext context = new CUcontext();
    cuDevicePrimaryCtxRetain(context, device);
    cuCtxSetCurrent(context);
    module = new CUmodule();
    cuModuleLoadData(module, CudaEmulator.image());
  }

  @Test
  void aKernelOfTheProgramRuns() {
    CUfunction fill = new CUfunction();
    cuModuleGetFunction(fill, module, "fill");
    int n = 1000;
    CUdeviceptr y = new CUdeviceptr();
    cuMemAlloc(y, (n + 1L) * Sizeof.FLOAT);
    Pointer arguments =
        Pointer.to(Pointer.to(y), Pointer.to(new float[] {2.5f}), Pointer.to(new long[] {n}));
    cuLaunchKernel(fill, 4, 1, 1, 256, 1, 1, 0, null, arguments, null);
    float[] result = new float[n + 1];
    cuMemcpyDtoH(Pointer.to(result), y, (n + 1L) * Sizeof.FLOAT);
    cuMemFree(y);
    for (int i = 0; i < n; i++) {
      assertEquals(2.5f, result[i], "element " + i);
    }
    assertTrue(Float.isNaN(result[n]), "what was never written is not-a-number");
  }
}
