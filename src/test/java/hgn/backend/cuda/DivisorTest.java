package hgn.backend.cuda;

import static hgn.backend.cuda.EmulatedDevice.succeed;
import static org.junit.jupiter.api.Assertions.assertEquals;

import hgn.testing.backends.CudaEmulator;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import jcuda.Pointer;
import jcuda.driver.JCudaDriver;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The kernels' division by multiplication, also of indices that no tensor here is large enough for.
 */
class DivisorTest {
  private static final long[] SIZES = {
    1,
    2,
    3,
    5,
    7,
    48,
    641,
    1 << 20,
    (1 << 20) + 1,
    Integer.MAX_VALUE,
    1L << 31,
    (1L << 32) - 1,
    (1L << 32) + 1,
    (1L << 53) - 111,
    (1L << 62) - 1,
    1L << 62
  };

  private Device device;

  @BeforeEach
  void install() {
    CudaEmulator.install();
    device = new Device(0);
  }

  /** Multiples of the size and their neighbours, near 0, powers of 2 and the largest number. */
  private static long[] indices(long size) {
    SplittableRandom random = new SplittableRandom(size);
    LongStream around =
        LongStream.of(0, size, 1L << 31, 1L << 32, 1L << 53, Long.MAX_VALUE)
            .flatMap(n -> LongStream.of(n / size * size, n))
            .flatMap(n -> LongStream.of(n - 1, n, n + 1));
    LongStream others = random.longs(200).map(n -> n >>> 1 + random.nextInt(62));
    return LongStream.concat(around, others).filter(n -> n >= 0).toArray();
  }

  private long[] quotients(long[] indices, long size) {
    long bytes = (long) indices.length * Long.BYTES;
    DeviceMemory x = device.allocate(bytes);
    DeviceMemory y = device.allocate(bytes);
    try {
      succeed(JCudaDriver.cuMemcpyHtoD(x.pointer(), Pointer.to(indices), bytes));
      Grid grid = Grid.over(indices.length);
      new KernelModule(device)
          .launch("divide", "test_divide", grid, x, new Divisor(size), y, indices.length);
      device.finish();
      long[] found = new long[indices.length];
      succeed(JCudaDriver.cuMemcpyDtoH(Pointer.to(found), y.pointer(), bytes));
      return found;
    } finally {
      x.free();
      y.free();
    }
  }

  @Test
  void quotientsOfAllNonNegativeNumbersAreExact() {
    for (long size : SIZES) {
      long[] indices = indices(size);
      long[] found = quotients(indices, size);
      for (int i = 0; i < indices.length; i++) {
        assertEquals(indices[i] / size, found[i], indices[i] + " / " + size);
      }
    }
  }

  @Test
  void theSizeOfAnEmptyTensorIsAllowed() {
    assertEquals("[0, 1, 2]", Arrays.toString(quotients(new long[] {0, 1, 2}, 0)));
  }
}
