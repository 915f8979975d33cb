package hgn.backend.cuda;

import static hgn.backend.cuda.EmulatedDevice.check;
import static hgn.backend.cuda.EmulatedDevice.succeed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.testing.backends.CudaEmulator;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUresult;
import jcuda.driver.JCudaDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Failures that the emulator detects, and failures that a test injects. */
class EmulatedFailureTest {
  private EmulatedDevice device;

  @BeforeEach
  void open() {
    device = new EmulatedDevice();
  }

  @AfterEach
  void close() {
    if (device != null) {
      device.close();
    }
  }

  @Test
  void memoryEnds() {
    long before = CudaEmulator.totalMemory();
    long[] free = {0};
    long[] total = {0};
    try {
      succeed(JCudaDriver.cuMemGetInfo(free, total));
      CudaEmulator.setTotalMemory(total[0] - free[0] + (1 << 20));
      CUdeviceptr most = new CUdeviceptr();
      succeed(JCudaDriver.cuMemAlloc(most, 1 << 20));
      check(CUresult.CUDA_ERROR_OUT_OF_MEMORY, JCudaDriver.cuMemAlloc(new CUdeviceptr(), 1));
      succeed(JCudaDriver.cuMemGetInfo(free, total));
      assertEquals(0, free[0]);
      succeed(JCudaDriver.cuMemFree(most));
      succeed(JCudaDriver.cuMemGetInfo(free, total));
      assertEquals(1 << 20, free[0]);
    } finally {
      CudaEmulator.setTotalMemory(before);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1000, 1004, -1000, 1L << 40})
  void anIndexOutOfRangeIsAFaultOfTheKernel(long index) {
    CUdeviceptr y = device.allocate(4L * 1000);
    succeed(device.launch("test_store", 1, 1, 0, null, y, 999L));
    check(
        CUresult.CUDA_ERROR_ILLEGAL_ADDRESS, device.launch("test_store", 1, 1, 0, null, y, index));
    check(CUresult.CUDA_ERROR_ILLEGAL_ADDRESS, JCudaDriver.cuCtxSynchronize());
    String[] text = {null};
    JCudaDriver.cuGetErrorString(CUresult.CUDA_ERROR_ILLEGAL_ADDRESS, text);
    assertTrue(text[0].contains("test_store"), text[0]);
    CudaEmulator.recover();
    assertEquals(1f, device.floatsAt(y, 1000)[999]);
  }

  @Test
  void threadsThatWaitForEachOtherAreReported() {
    check(CUresult.CUDA_ERROR_LAUNCH_FAILED, device.launch("test_deadlock", 1, 32, 0, null));
  }

  @Test
  void anOrderedFailureComesAtItsLaunchAndStays() {
    CUdeviceptr y = device.allocate(4);
    CudaEmulator.failLaunchAfter(2, CUresult.CUDA_ERROR_LAUNCH_FAILED);
    succeed(device.launch("test_store", 1, 1, 0, null, y, 0L));
    succeed(device.launch("test_store", 1, 1, 0, null, y, 0L));
    check(CUresult.CUDA_ERROR_LAUNCH_FAILED, device.launch("test_store", 1, 1, 0, null, y, 0L));
    check(CUresult.CUDA_ERROR_LAUNCH_FAILED, JCudaDriver.cuMemAlloc(new CUdeviceptr(), 16));
    CudaEmulator.recover();
    succeed(device.launch("test_store", 1, 1, 0, null, y, 0L));
  }
}
