package hgn.backend.cuda;

import static hgn.backend.cuda.EmulatedDevice.packed;
import static hgn.backend.cuda.EmulatedDevice.succeed;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hgn.testing.backends.CudaEmulator;
import hgn.testing.backends.CudaEmulator.Build;
import java.util.Arrays;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUresult;
import jcuda.driver.JCudaDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Each probe of the emulator finds a fault that was planted, and says nothing of its like without
 * one. Those that need kernels of their own build run in {@code .ci/emulator-probes}.
 */
class EmulatorProbesTest {
  private EmulatedDevice device;
  private long seed;

  @BeforeEach
  void open() {
    device = new EmulatedDevice();
    seed = CudaEmulator.orderSeed();
  }

  @AfterEach
  void close() {
    if (device != null) {
      CudaEmulator.setOrderSeed(seed);
      device.close();
    }
  }

  private static void assumeBuild(Build build) {
    assumeTrue(CudaEmulator.build() == build, "kernels built for " + build);
  }

  /** Fails the test unless the launch, which runs at once, failed with these words. */
  private static void assertFails(int expected, int status, String... words) {
    String[] message = {null};
    JCudaDriver.cuGetErrorString(status, message);
    assertEquals(CUresult.stringFor(expected), CUresult.stringFor(status), message[0]);
    for (String word : words) {
      assertTrue(message[0].contains(word), word + " in " + message[0]);
    }
    CudaEmulator.recover();
  }

  // ---- every build

  @Test
  void behindSharedMemoryIsAGuardPage() {
    CUdeviceptr y = device.allocate(4 * 64);
    succeed(device.launch("test_shared_place", 1, 64, 4 * 64, null, y, 0));
    assertFails(
        CUresult.CUDA_ERROR_ILLEGAL_ADDRESS,
        device.launch("test_shared_place", 1, 64, 4 * 64, null, y, 1),
        "test_shared_place",
        "thread (63,0,0)");
  }

  @Test
  void anotherOrderOfThreadsOrBlocksHasToLeaveTheSameBits() {
    CudaEmulator.setOrderSeed(1);
    CUdeviceptr x = device.floats(new float[512]);
    CUdeviceptr next = device.ints(0);
    CUdeviceptr y = device.floats(new float[512]);
    int failed = CUresult.CUDA_ERROR_LAUNCH_FAILED;
    succeed(device.launch("test_block_sum", 2, 256, 4 * 256, null, x, y));
    String[] words = {"the order of threads or blocks changes byte", "of an allocation"};
    assertFails(failed, device.launch("test_tickets", 1, 512, 0, null, next, y), words);
    assertFails(failed, device.launch("test_tickets", 512, 1, 0, null, next, y), words);
    if (CudaEmulator.build() == Build.PLAIN) { // else it is found before
      assertFails(failed, device.launch("test_no_barrier", 1, 256, 4 * 256, null, x, y), words);
    }
  }

  @Test
  void aLaunchInTwoOrdersCountsOnce() {
    CudaEmulator.setOrderSeed(7);
    CUdeviceptr counts = device.ints(0, 0);
    CUdeviceptr sum = device.floats(0);
    succeed(device.launch("test_count", 9, 96, 0, null, counts, sum));
    assertArrayEquals(new int[] {9 * 96, 9 * 96 - 1}, device.intsAt(counts, 2));
  }

  @Test
  void theBlocksOfAClusterReachEachOthersSharedMemory() {
    CUdeviceptr x = device.floats(1, 2, 3, 4, 5, 6, 7, 8);
    CUdeviceptr y = device.allocate(4 * 8);
    succeed(device.launch("test_cluster_ring", 8, 64, 16, null, x, y, 1, 1, 1));
    float[] handed = {5, 2, 3, 4, 9, 6, 7, 8};
    assertArrayEquals(handed, device.floatsAt(y, 8));
    if (CudaEmulator.build() == Build.PLAIN) { // a store arrives late, which shows a missing wait
      succeed(device.launch("test_cluster_ring", 8, 64, 16, null, x, y, 1, 0, 1));
      assertFalse(Arrays.equals(handed, device.floatsAt(y, 8)));
    }
    assertEquals(
        CUresult.CUDA_ERROR_INVALID_VALUE,
        device.launch("test_cluster_ring", 6, 64, 16, null, x, y, 1, 1, 1),
        "six blocks are no clusters of four");
  }

  @Test
  void aBlockOfAClusterMayNotHaveStartedBeforeTheirBarrier() {
    CUdeviceptr x = device.floats(new float[4]);
    CUdeviceptr y = device.allocate(4 * 4);
    assertFails(
        CUresult.CUDA_ERROR_ILLEGAL_ADDRESS,
        device.launch("test_cluster_ring", 4, 1, 16, null, x, y, 0, 1, 1),
        "test_cluster_ring",
        "may not have started");
  }

  @Test
  void aBlockThatEndsTakesItsSharedMemoryWithIt() {
    succeed(device.launch("test_cluster_end", 2, 64, 4 * 64, null, 1));
    assertFails(
        CUresult.CUDA_ERROR_ILLEGAL_ADDRESS,
        device.launch("test_cluster_end", 2, 64, 4 * 64, null, 0),
        "test_cluster_end, block ",
        "has ended");
  }

  @Test
  void arrivalsAndWaitsTakeTurns() {
    succeed(device.launch("test_cluster_turns", 2, 32, 0, null, 1, 1));
    int trap = CUresult.CUDA_ERROR_ILLEGAL_INSTRUCTION;
    assertFails(trap, device.launch("test_cluster_turns", 2, 32, 0, null, 2, 2), "without a wait");
    assertFails(trap, device.launch("test_cluster_turns", 2, 32, 0, null, 0, 1), "an arrival");
  }

  // ---- kernels that are watched

  @Test
  void aReadWithoutABarrierAfterAWriteIsARace() {
    assumeBuild(Build.RACES);
    CUdeviceptr x = device.floats(new float[64]);
    CUdeviceptr y = device.allocate(4 * 64);
    succeed(device.launch("test_block_sum", 1, 64, 4 * 64, null, x, y));
    assertFails(
        CUresult.CUDA_ERROR_LAUNCH_FAILED,
        device.launch("test_no_barrier", 1, 64, 4 * 64, null, x, y),
        "race in kernel test_no_barrier",
        "shared memory that thread");
  }

  @Test
  void aWriteWithoutABarrierAfterAReadIsARace() {
    assumeBuild(Build.RACES);
    CUdeviceptr x = device.floats(new float[64]);
    CUdeviceptr y = device.allocate(4 * 64);
    assertFails(
        CUresult.CUDA_ERROR_LAUNCH_FAILED,
        device.launch("test_overwritten", 1, 64, 4 * 64, null, x, y),
        "race in kernel test_overwritten",
        "shared memory");
  }

  @Test
  void aWarpsBarrierOrdersMemoryAndAShuffleDoesNot() {
    assumeBuild(Build.RACES);
    CUdeviceptr x = device.ints(new int[32]);
    CUdeviceptr y = device.allocate(4 * 32);
    succeed(device.launch("test_warp_order", 1, 32, 4 * 32, null, x, y, 1));
    assertFails(
        CUresult.CUDA_ERROR_LAUNCH_FAILED,
        device.launch("test_warp_order", 1, 32, 4 * 32, null, x, y, 0),
        "race in kernel test_warp_order");
  }

  @Test
  void blocksOfALaunchAreNotOrdered() {
    assumeBuild(Build.RACES);
    CUdeviceptr x = device.floats(new float[8]);
    CUdeviceptr y = device.allocate(4 * 8);
    succeed(device.launch("test_neighbours", 8, 32, 0, null, x, y, 0));
    assertFails(
        CUresult.CUDA_ERROR_LAUNCH_FAILED,
        device.launch("test_neighbours", 8, 32, 0, null, x, y, 1),
        "race in kernel test_neighbours",
        "an allocation",
        "of block (");
  }

  @Test
  void storesToAnotherBlockOfAClusterAreOrderedByWaitingForThem() {
    assumeBuild(Build.RACES);
    CUdeviceptr x = device.floats(new float[8]);
    CUdeviceptr y = device.allocate(4 * 8);
    succeed(device.launch("test_cluster_ring", 8, 64, 16, null, x, y, 1, 1, 1));
    assertFails(
        CUresult.CUDA_ERROR_LAUNCH_FAILED,
        device.launch("test_cluster_ring", 8, 64, 16, null, x, y, 1, 0, 1),
        "race in kernel test_cluster_ring",
        "byte 0 of shared memory",
        "of block (");
    assertFails(
        CUresult.CUDA_ERROR_LAUNCH_FAILED,
        device.launch("test_cluster_ring", 8, 64, 16, null, x, y, 1, 1, 0),
        "race in kernel test_cluster_ring",
        "writes byte 0 of shared memory",
        "of block (");
  }

  @Test
  void eachBlockOfALaunchIsWatched() {
    assumeBuild(Build.RACES);
    CUdeviceptr x = device.floats(new float[8 * 64]);
    CUdeviceptr y = device.allocate(4 * 8 * 64);
    assertFails(
        CUresult.CUDA_ERROR_LAUNCH_FAILED,
        device.launch("test_late_race", 8, 64, 4 * 64, null, x, y),
        "race in kernel test_late_race, block (7,0,0)");
  }

  @Test
  void atomicsOrderBlocksOnlyWithAFence() {
    assumeBuild(Build.RACES);
    for (int fence : new int[] {1, 0}) {
      CUdeviceptr data = device.ints(0);
      CUdeviceptr sent = device.ints(0);
      CUdeviceptr y = device.ints(0);
      int launched =
          JCudaDriver.cuLaunchCooperativeKernel(
              device.kernel("test_message"),
              2,
              1,
              1,
              1,
              1,
              1,
              0,
              null,
              packed(data, sent, y, fence));
      if (fence == 1) {
        succeed(launched);
        assertEquals(5, device.intsAt(y, 1)[0]);
      } else {
        assertFails(
            CUresult.CUDA_ERROR_LAUNCH_FAILED,
            launched,
            "race in kernel test_message",
            "reads byte 0 of an allocation that thread (0,0,0) of block (0,0,0) has written");
      }
    }
  }

  @Test
  void aVectorHasToLieAtAMultipleOfItsSize() {
    assumeBuild(Build.RACES);
    CUdeviceptr y = device.allocate(4 * 16);
    int misaligned = CUresult.CUDA_ERROR_MISALIGNED_ADDRESS;
    succeed(device.launch("test_store4", 1, 1, 0, null, y, 4));
    assertFails(
        misaligned,
        device.launch("test_store4", 1, 1, 0, null, y, 6),
        "misaligned access in kernel test_store4",
        "no multiple of 16");
    succeed(device.launch("test_store_double", 1, 1, 0, null, y, 2));
    assertFails(
        misaligned,
        device.launch("test_store_double", 1, 1, 0, null, y, 3),
        "misaligned access in kernel test_store_double",
        "no multiple of 8");
  }

  // ---- kernels with contracted products

  @Test
  void aProductIsRoundedWithItsSumUnlessItIsToldApart() {
    boolean contracts = CudaEmulator.build() == Build.CONTRACTION;
    float x = 1 + 0x1p-12f;
    CUdeviceptr y = device.allocate(8);
    succeed(device.launch("test_contraction", 1, 1, 0, null, device.floats(x), x * x, y));
    float[] got = device.floatsAt(y, 2);
    assertEquals(contracts ? 0x1p-24f : 0, got[0]);
    assertEquals(0, got[1]);
  }
}
