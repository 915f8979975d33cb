package hgn.backend.cuda;

import static hgn.backend.cuda.EmulatedDevice.check;
import static hgn.backend.cuda.EmulatedDevice.packed;
import static hgn.backend.cuda.EmulatedDevice.succeed;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.testing.backends.CudaEmulator;
import java.util.Arrays;
import java.util.stream.IntStream;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUfunction;
import jcuda.driver.CUfunction_attribute;
import jcuda.driver.CUmodule;
import jcuda.driver.CUresult;
import jcuda.driver.JCudaDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Threads, blocks and grids of the emulator: barriers, shared memory, shuffles, atomics. */
class EmulatedKernelTest {
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
  void barriersOrderTheStepsOfAReduction() {
    int blocks = 7;
    int threads = 256;
    float[] values = new float[blocks * threads];
    float[] expected = new float[blocks];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 13;
      expected[i / threads] += values[i];
    }
    CUdeviceptr x = device.floats(values);
    CUdeviceptr sums = device.allocate(4L * blocks);
    succeed(device.launch("test_block_sum", blocks, threads, 4 * threads, null, x, sums));
    assertArrayEquals(expected, device.floatsAt(sums, blocks));
  }

  @Test
  void aBlockHasSharedMemoryOfItsOwn() {
    int[] values = IntStream.range(0, 64 * 40).toArray();
    CUdeviceptr y = device.allocate(4L * values.length);
    succeed(device.launch("test_reverse", 40, 64, 0, null, device.ints(values), y));
    int[] expected =
        IntStream.range(0, values.length).map(i -> i / 64 * 64 + 63 - i % 64).toArray();
    assertArrayEquals(expected, device.intsAt(y, values.length));
  }

  @Test
  void aForgottenBarrierShowsInOneOfTwoBlocks() {
    CUdeviceptr x = device.floats(new float[64]);
    CUdeviceptr y = device.allocate(4L * 64);
    succeed(device.launch("test_no_barrier", 2, 32, 4 * 32, null, x, y));
    float[] got = device.floatsAt(y, 64);
    assertTrue(Float.isNaN(got[31]) != Float.isNaN(got[63]), got[31] + " and " + got[63]);
  }

  @Test
  void lanesHandValuesToEachOther() {
    int[] values = IntStream.range(0, 32).toArray();
    CUdeviceptr y = device.allocate(4L * 7 * 32);
    succeed(device.launch("test_shuffles", 1, 32, 0, null, device.ints(values), y));
    int[] got = device.intsAt(y, 7 * 32);
    for (int lane = 0; lane < 32; lane++) {
      assertEquals(3, got[lane], "from lane 3");
      assertEquals(lane ^ 5, got[32 + lane], "xor 5");
      assertEquals(lane < 28 ? lane + 4 : lane, got[64 + lane], "down by 4");
      assertEquals(lane % 8 >= 4 ? lane - 4 : lane, got[96 + lane], "up by 4 in groups of 8");
      assertEquals(0b01001001001001001001001001001001, got[128 + lane], "ballot");
      assertEquals(31 * 32 / 2, got[160 + lane], "sum over the warp");
      assertEquals(lane < 16 ? 15 - lane : 1, got[192 + lane], "two halves apart");
    }
  }

  @Test
  void atomicsCountEveryThreadOfAllBlocks() {
    CUdeviceptr counts = device.ints(0, 0);
    CUdeviceptr sum = device.floats(0);
    succeed(device.launch("test_count", 100, 96, 0, null, counts, sum));
    assertArrayEquals(new int[] {9600, 9599}, device.intsAt(counts, 2));
    assertEquals(4800f, device.floatsAt(sum, 1)[0]);
  }

  @Test
  void blocksOfACooperativeLaunchRunAtTheSameTime() {
    CUdeviceptr arrived = device.ints(0);
    CUdeviceptr y = device.allocate(4L * 6);
    succeed(
        JCudaDriver.cuLaunchCooperativeKernel(
            device.kernel("test_meet"), 6, 1, 1, 32, 1, 1, 0, null, packed(arrived, y)));
    assertArrayEquals(new int[] {6, 6, 6, 6, 6, 6}, device.intsAt(y, 6));
    check(
        CUresult.CUDA_ERROR_COOPERATIVE_LAUNCH_TOO_LARGE,
        JCudaDriver.cuLaunchCooperativeKernel(
            device.kernel("test_meet"), 999, 1, 1, 32, 1, 1, 0, null, packed(arrived, y)));
  }

  @Test
  void memoryThatWasNeverWrittenIsNotANumber() {
    float[] values = device.floatsAt(device.allocate(4L * 1000), 1000);
    IntStream.range(0, 1000).forEach(i -> assertTrue(Float.isNaN(values[i])));
  }

  @Test
  void launchesBeyondTheDevicesLimitsAreRefused() {
    CUdeviceptr x = device.floats(new float[2048]);
    CUdeviceptr y = device.allocate(4);
    check(
        CUresult.CUDA_ERROR_INVALID_VALUE, device.launch("test_block_sum", 1, 2048, 0, null, x, y));
    check(CUresult.CUDA_ERROR_INVALID_VALUE, device.launch("test_block_sum", 0, 32, 0, null, x, y));
    int wanted = 100 << 10;
    check(
        CUresult.CUDA_ERROR_INVALID_VALUE,
        device.launch("test_block_sum", 1, 32, wanted, null, x, y));
    CUfunction kernel = device.kernel("test_block_sum");
    int attribute = CUfunction_attribute.CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES;
    check(
        CUresult.CUDA_ERROR_INVALID_VALUE,
        JCudaDriver.cuFuncSetAttribute(kernel, attribute, 228 << 10));
    succeed(JCudaDriver.cuFuncSetAttribute(kernel, attribute, wanted));
    succeed(device.launch("test_block_sum", 1, 32, wanted, null, x, y));
  }

  @Test
  void anUnknownKernelAndASpoiltImageAreReported() {
    CUmodule module = new CUmodule();
    byte[] spoilt = new byte[64];
    Arrays.fill(spoilt, (byte) 7);
    check(CUresult.CUDA_ERROR_INVALID_IMAGE, JCudaDriver.cuModuleLoadData(module, spoilt));
    succeed(JCudaDriver.cuModuleLoadData(module, CudaEmulator.image()));
    check(
        CUresult.CUDA_ERROR_NOT_FOUND,
        JCudaDriver.cuModuleGetFunction(new CUfunction(), module, "no_such_kernel"));
  }
}
