package hgn.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.tensor.Activation;
import hgn.tensor.Arena;
import hgn.tensor.Backend;
import hgn.tensor.Backends;
import hgn.tensor.Conv2dGeometry;
import hgn.tensor.DType;
import hgn.tensor.DeviceException;
import hgn.tensor.DeviceMemoryError;
import hgn.tensor.PendingDownload;
import hgn.tensor.Recorder;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import hgn.tensor.TensorOps;
import hgn.tensor.UnaryOp;
import hgn.testing.Throws;
import hgn.testing.backends.CudaEmulator;
import hgn.testing.backends.InFp32;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import jcuda.driver.CUresult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Properties of the CUDA backend beyond the contract, on the emulator. */
@InFp32
class CudaBackendTest {
  private Backend cuda;
  private Arena arena;

  @BeforeEach
  void open() {
    CudaEmulator.install();
    cuda = Backends.get("cuda");
    arena = Arena.open("test");
  }

  @AfterEach
  void close() {
    if (arena != null) { // else there is no emulator
      CudaEmulator.recover();
      arena.close();
    }
  }

  private Tensor ones(int... dims) {
    return Tensor.full(cuda, DType.FLOAT32, Shape.of(dims), 1);
  }

  @Test
  void itDescribesTheDevice() {
    assertEquals("cuda", cuda.name());
    assertSame(cuda, Backends.get("cuda"));
    assertTrue(cuda.describe().startsWith("Emulated CUDA device ("), cuda.describe());
    assertTrue(cuda.describe().endsWith("convolutions in fp32"), cuda.describe());
    String details = String.join("\n", cuda.details());
    for (String word : List.of("capability 9.0", "cuDNN 9", "cuBLAS 12", "libcudnn.so.9")) {
      assertTrue(details.contains(word), word + " in " + details);
    }
  }

  @Test
  void arraysLongerThanTheStagingMemoryGoThereAndBack() {
    float[] values = new float[6_000_001];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 8191;
    }
    Tensor x = Tensor.of(cuda, DType.FLOAT32, Shape.of(values.length), values);
    assertArrayEquals(values, x.toFloats());
  }

  @Test
  void fullMemorySaysWhatWasAskedForAndWhatIsFree() {
    long before = CudaEmulator.totalMemory();
    cuda.pool().trim();
    CudaEmulator.setTotalMemory(512L << 20);
    try {
      Tensor kept = ones(1 << 20);
      Throws.naming(
          DeviceMemoryError.class,
          () -> ones(1 << 28),
          "out of memory on Emulated CUDA device",
          "1024 MiB asked for",
          "of 512 MiB free",
          "train.batch");
      assertEquals(1 << 20, TensorOps.sum(kept).item(), "what there was is still usable");
    } finally {
      CudaEmulator.setTotalMemory(before);
    }
  }

  @Test
  void blocksThatNobodyUsesMakeRoom() {
    long before = CudaEmulator.totalMemory();
    cuda.pool().trim();
    long used = before - free(before);
    CudaEmulator.setTotalMemory(used + (96L << 20));
    try {
      try (Tensor large = ones(20 << 20)) {
        assertEquals(20 << 20, large.shape().count());
      }
      assertEquals(23 << 20, ones(23 << 20).shape().count());
    } finally {
      CudaEmulator.setTotalMemory(before);
    }
  }

  private static long free(long total) {
    long[] free = new long[1];
    jcuda.driver.JCudaDriver.cuMemGetInfo(free, new long[] {total});
    return free[0];
  }

  @Test
  void aKernelThatFailsIsNamedWithItsOperation() {
    Tensor x = ones(33);
    CudaEmulator.failLaunchAfter(0, CUresult.CUDA_ERROR_ILLEGAL_ADDRESS);
    Throws.naming(
        DeviceException.class,
        () -> TensorOps.unary(UnaryOp.EXP, x).toDoubles(),
        "a kernel failed",
        "CUDA_ERROR_ILLEGAL_ADDRESS",
        "'unary' of [unary]",
        "-Dhgn.cuda.wait=true");
  }

  @Test
  void waitingForEveryKernelNamesTheOneThatFails() {
    Tensor x = ones(33);
    System.setProperty(Status.WAIT, "true");
    try {
      TensorOps.unary(UnaryOp.SQUARE, x);
      CudaEmulator.failLaunchAfter(1, CUresult.CUDA_ERROR_ILLEGAL_ADDRESS);
      Tensor sound = TensorOps.affine(x, 2, 1);
      Throws.naming(
          DeviceException.class,
          () -> TensorOps.sumTo(sound, Shape.of(1)),
          "[cuda] kernel 'sum_few' of [sumTo] failed: CUDA_ERROR_ILLEGAL_ADDRESS");
    } finally {
      System.clearProperty(Status.WAIT);
    }
  }

  @Test
  void aLostDeviceSaysSo() {
    Tensor x = ones(33);
    CudaEmulator.failLaunchAfter(0, CUresult.CUDA_ERROR_UNKNOWN);
    Throws.naming(
        DeviceException.class,
        () -> TensorOps.unary(UnaryOp.EXP, x).toDoubles(),
        "the device is lost",
        "CUDA_ERROR_UNKNOWN");
  }

  /** The recorded work: a chain that starts and ends in tensors from outside. */
  private static void work(Tensor x, Tensor w, Tensor y) {
    try (Arena inner = Arena.open("recorded")) {
      Conv2dGeometry geometry = Conv2dGeometry.after(1, 1);
      Tensor hidden = TensorOps.conv2d(x, w, null, geometry, Activation.TANH);
      Tensor sums = TensorOps.sumTo(hidden, Shape.of(1, 1, 1, 3));
      TensorOps.copyInto(TensorOps.affine(sums, 2, 1), y);
    }
  }

  @Test
  void recordedWorkIsRepeatedOnWhatItsInputsHoldThen() {
    Tensor x = Tensor.allocate(cuda, DType.FLOAT32, Shape.of(2, 5, 4, 3));
    Tensor w = TensorOps.normal(cuda, DType.FLOAT32, Shape.of(2, 2, 3, 3), 1, 1);
    Tensor y = ones(1, 1, 1, 3);
    cuda.normal(2, 0, x);
    work(x, w, y);
    y.set(-7, -7, -7);
    long live = cuda.pool().liveBlocks();
    Recorder recorder = cuda.recorder().orElseThrow();
    try (Recorder.Recording recording = recorder.record(() -> work(x, w, y))) {
      assertArrayEquals(new double[] {-7, -7, -7}, y.toDoubles(), "recording does nothing");
      for (int stream = 3; stream < 6; stream++) {
        cuda.normal(2, stream, x);
        work(x, w, y);
        double[] expected = y.toDoubles();
        ones(1000).close(); // other allocations in the meantime do not disturb it
        y.set(0, 0, 0);
        recording.replay();
        assertArrayEquals(expected, y.toDoubles(), "stream " + stream);
      }
    }
    assertEquals(live, cuda.pool().liveBlocks());
  }

  @Test
  void manyTensorsAreSearchedInOneLaunchEach64() {
    List<Tensor> xs = new ArrayList<>();
    for (int k = 0; k < 100; k++) {
      xs.add(ones(1 + 100 * k));
    }
    Tensor flags = ones(100);
    cuda.await();
    long before = CudaEmulator.launches();
    cuda.markNonFinite(xs, flags, 0);
    cuda.await();
    assertEquals(2, CudaEmulator.launches() - before);
  }

  @Test
  void theNormOfManyTensorsTakesOneLaunchEach64AndOneMore() {
    List<Tensor> xs = new ArrayList<>();
    double expected = 0;
    for (int k = 0; k < 100; k++) {
      Tensor x = TensorOps.normal(cuda, DType.FLOAT32, Shape.of(2 + 100 * k), 1, k);
      xs.add(k % 3 == 0 ? x.rows(1, 100 * k + 1) : x); // not aligned
      for (double value : xs.get(k).toDoubles()) {
        expected += value * value;
      }
    }
    Tensor sum = ones(1);
    cuda.await();
    long before = CudaEmulator.launches();
    cuda.squareSums().orElseThrow().of(xs, sum);
    cuda.await();
    assertEquals(3, CudaEmulator.launches() - before);
    assertEquals(expected, sum.toDoubles()[0], 1e-6 * expected);
    xs.set(70, Tensor.of(cuda, DType.FLOAT32, Shape.of(2), 1, 2e19));
    cuda.squareSums().orElseThrow().of(xs, sum);
    assertEquals(Double.POSITIVE_INFINITY, sum.toDoubles()[0], "a square overflows");
  }

  private static double[] sums(Tensor x, Tensor w, Tensor g) {
    Conv2dGeometry geometry = Conv2dGeometry.symmetric(1, 1);
    Tensor y = TensorOps.conv2d(x, w, null, geometry, Activation.IDENTITY);
    Tensor dx = TensorOps.conv2dInputGrad(g, w, geometry, x.shape());
    return new double[] {TensorOps.sum(y).toDoubles()[0], TensorOps.sum(dx).toDoubles()[0]};
  }

  @Test
  void aFilterThatStaysTheSameIsConvertedOnce() {
    Tensor x = TensorOps.normal(cuda, DType.FLOAT32, Shape.of(2, 5, 4, 3), 1, 1);
    Tensor w = TensorOps.normal(cuda, DType.FLOAT32, Shape.of(3, 3, 3, 2), 1, 2);
    Tensor g = TensorOps.normal(cuda, DType.FLOAT32, Shape.of(2, 5, 4, 2), 1, 3);
    double[] expected = sums(x, w, g); // the first of its sizes searches an algorithm
    long live = cuda.pool().liveBlocks();
    long start = CudaEmulator.launches();
    sums(x, w, g);
    long once = CudaEmulator.launches() - start;
    long results = cuda.pool().liveBlocks() - live;
    try (Backend.ConstantFilters outer = cuda.constantFilters()) {
      try (Backend.ConstantFilters inner = cuda.constantFilters()) {
        assertArrayEquals(expected, sums(x, w, g));
      }
      assertEquals(2 * once - 1, CudaEmulator.launches() - start, "one filter, two convolutions");
      assertArrayEquals(expected, sums(x, w, g));
      assertEquals(3 * once - 3, CudaEmulator.launches() - start);
    }
    assertEquals(live + 3 * results, cuda.pool().liveBlocks(), "no filter is kept");
    cuda.affine(w, 2, 0, w);
    assertArrayEquals(new double[] {2 * expected[0], 2 * expected[1]}, sums(x, w, g), 1e-4);
  }

  @Test
  void readingsThatNobodyTakesDoNotDisturbOthers() {
    Tensor x = ones(5);
    PendingDownload first = cuda.read(x);
    assertFalse(first.hasArrived(), "nobody has waited");
    cuda.fill(x, 2);
    PendingDownload second = cuda.read(x);
    assertEquals(2, second.values()[4]);
    assertTrue(first.hasArrived());
    cuda.fill(x, 3);
    assertEquals(3, cuda.read(x).values()[0]);
    assertEquals(1, first.values()[0]);
  }

  @Test
  void waitingWithinRecordedWorkIsRefused() {
    Tensor x = ones(5);
    Recorder recorder = cuda.recorder().orElseThrow();
    Class<? extends Throwable> state = IllegalStateException.class;
    Throws.naming(state, () -> recorder.record(x::toDoubles), "[record]", "a download");
    Throws.naming(
        state, () -> recorder.record(() -> x.set(1, 2, 3, 4, 5)), "[record]", "an upload");
    Throws.naming(state, () -> recorder.record(() -> cuda.read(x)), "[record]", "a reading");
    assertArrayEquals(new double[] {1, 1, 1, 1, 1}, x.toDoubles());
  }

  @Test
  void severalThreadsMayQueueWork() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(3);
    List<Callable<Double>> tasks = new ArrayList<>();
    for (int t = 0; t < 3; t++) {
      int thread = t;
      tasks.add(() -> chain(thread));
    }
    try {
      List<Future<Double>> results = threads.invokeAll(tasks);
      for (int t = 0; t < 3; t++) {
        assertEquals(101 * (t + 30), results.get(t).get(), "thread " + t);
      }
    } finally {
      threads.shutdown();
    }
  }

  private double chain(int thread) {
    try (Arena own = Arena.open("thread " + thread)) {
      Tensor x = Tensor.full(cuda, DType.FLOAT32, Shape.of(101), thread);
      for (int i = 0; i < 30; i++) {
        x = TensorOps.affine(x, 1, 1);
      }
      return TensorOps.sum(x).item();
    }
  }
}
