package hgn.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hgn.testing.backends.CudaEmulator;
import java.util.ArrayList;
import java.util.List;
import jcuda.Pointer;
import jcuda.Sizeof;
import jcuda.driver.CUcontext;
import jcuda.driver.CUdevice;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUfunction;
import jcuda.driver.CUmodule;
import jcuda.driver.CUresult;
import jcuda.driver.CUstream;
import jcuda.driver.CUstream_flags;
import jcuda.driver.JCudaDriver;

/** The emulated device for tests; closing it frees its memory. */
final class EmulatedDevice implements AutoCloseable {
  private final CUmodule module = new CUmodule();
  private final List<CUdeviceptr> allocations = new ArrayList<>();

  EmulatedDevice() {
    CudaEmulator.install();
    succeed(JCudaDriver.cuInit(0));
    CUdevice device = new CUdevice();
    succeed(JCudaDriver.cuDeviceGet(device, 0));
    CUcontext context = new CUcontext();
    succeed(JCudaDriver.cuDevicePrimaryCtxRetain(context, device));
    succeed(JCudaDriver.cuCtxSetCurrent(context));
    succeed(JCudaDriver.cuModuleLoadData(module, CudaEmulator.image()));
  }

  /** Fails the test unless the driver reported success. */
  static void succeed(int status) {
    check(CUresult.CUDA_SUCCESS, status);
  }

  static void check(int expected, int status) {
    assertEquals(CUresult.stringFor(expected), CUresult.stringFor(status));
  }

  CUfunction kernel(String name) {
    CUfunction function = new CUfunction();
    succeed(JCudaDriver.cuModuleGetFunction(function, module, name));
    return function;
  }

  CUdeviceptr allocate(long bytes) {
    CUdeviceptr memory = new CUdeviceptr();
    succeed(JCudaDriver.cuMemAlloc(memory, bytes));
    allocations.add(memory);
    return memory;
  }

  CUdeviceptr floats(float... values) {
    CUdeviceptr memory = allocate((long) values.length * Sizeof.FLOAT);
    succeed(
        JCudaDriver.cuMemcpyHtoD(memory, Pointer.to(values), (long) values.length * Sizeof.FLOAT));
    return memory;
  }

  CUdeviceptr ints(int... values) {
    CUdeviceptr memory = allocate((long) values.length * Sizeof.INT);
    succeed(
        JCudaDriver.cuMemcpyHtoD(memory, Pointer.to(values), (long) values.length * Sizeof.INT));
    return memory;
  }

  float[] floatsAt(CUdeviceptr memory, int count) {
    float[] values = new float[count];
    succeed(JCudaDriver.cuMemcpyDtoH(Pointer.to(values), memory, (long) count * Sizeof.FLOAT));
    return values;
  }

  int[] intsAt(CUdeviceptr memory, int count) {
    int[] values = new int[count];
    succeed(JCudaDriver.cuMemcpyDtoH(Pointer.to(values), memory, (long) count * Sizeof.INT));
    return values;
  }

  /** Launches on a stream, or on the default one if it is null; returns the driver's result. */
  int launch(
      String kernel,
      int blocks,
      int threads,
      int sharedBytes,
      CUstream stream,
      Object... arguments) {
    return JCudaDriver.cuLaunchKernel(
        kernel(kernel), blocks, 1, 1, threads, 1, 1, sharedBytes, stream, packed(arguments), null);
  }

  static Pointer packed(Object... arguments) {
    Pointer[] packed = new Pointer[arguments.length];
    for (int a = 0; a < arguments.length; a++) {
      packed[a] = packed(arguments[a]);
    }
    return Pointer.to(packed);
  }

  private static Pointer packed(Object argument) {
    if (argument instanceof CUdeviceptr memory) {
      return Pointer.to(memory);
    }
    if (argument instanceof Integer number) {
      return Pointer.to(new int[] {number});
    }
    if (argument instanceof Long number) {
      return Pointer.to(new long[] {number});
    }
    return Pointer.to(new float[] {(Float) argument});
  }

  CUstream stream() {
    CUstream stream = new CUstream();
    succeed(JCudaDriver.cuStreamCreate(stream, CUstream_flags.CU_STREAM_NON_BLOCKING));
    return stream;
  }

  @Override
  public void close() {
    CudaEmulator.recover();
    allocations.forEach(memory -> succeed(JCudaDriver.cuMemFree(memory)));
    succeed(JCudaDriver.cuModuleUnload(module));
  }
}
