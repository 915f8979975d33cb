package hgn.backend.cuda;

import static hgn.backend.cuda.EmulatedDevice.succeed;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.testing.backends.CudaEmulator;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import jcuda.Pointer;
import jcuda.driver.JCudaDriver;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the rollout kernels compute their own way, compared with exact division and float64. */
class RolloutArithmeticTest {
  private Device device;
  private KernelModule kernels;

  @BeforeEach
  void install() {
    CudaEmulator.install();
    device = new Device(0);
    kernels = new KernelModule(device);
  }

  // ---- SmallDivisor, for all n and d with n d < 2^31

  @Test
  void quotientsAreExactInTheWholeRange() {
    IntStream small = IntStream.rangeClosed(1, 70);
    IntStream others =
        IntStream.of(
            96,
            127,
            128,
            129,
            512,
            641,
            1023,
            4097,
            46340,
            46341,
            65535,
            1 << 20,
            1 << 30,
            Integer.MAX_VALUE);
    for (int d : IntStream.concat(small, others).toArray()) {
      int[] numbers = numbers(d);
      int[] quotients = quotients(numbers, d);
      for (int i = 0; i < numbers.length; i++) {
        assertEquals(numbers[i] / d, quotients[i], numbers[i] + " / " + d);
      }
    }
  }

  /** The smallest and largest numbers of the range, and multiples of d with their neighbours. */
  private static int[] numbers(int d) {
    int last = Integer.MAX_VALUE / d;
    IntStream multiples =
        new SplittableRandom(d)
            .ints(500, 0, Math.max(1, last / d))
            .map(n -> n * d)
            .flatMap(n -> IntStream.of(n - 1, n, n + 1));
    IntStream ends =
        IntStream.concat(
            IntStream.rangeClosed(0, 300), IntStream.of(last / d * d - 1, last - 1, last));
    return IntStream.concat(multiples, ends).filter(n -> n >= 0 && n <= last).toArray();
  }

  private int[] quotients(int[] numbers, int d) {
    int[] quotients = new int[numbers.length];
    Arguments.Struct divisor = to -> RolloutLaunch.divisor(to, d);
    run("test_small_divide", Pointer.to(numbers), Pointer.to(quotients), numbers.length, divisor);
    return quotients;
  }

  private void run(String kernel, Pointer from, Pointer to, int count, Arguments.Struct... more) {
    long bytes = (long) count * Float.BYTES;
    DeviceMemory x = device.allocate(bytes);
    DeviceMemory y = device.allocate(bytes);
    try {
      succeed(JCudaDriver.cuMemcpyHtoD(x.pointer(), from, bytes));
      if (more.length > 0) {
        kernels.launch("test", kernel, Grid.over(count), x, more[0], y, count);
      } else {
        kernels.launch("test", kernel, Grid.over(count), x, y, count);
      }
      device.finish();
      succeed(JCudaDriver.cuMemcpyDtoH(to, y.pointer(), bytes));
    } finally {
      x.free();
      y.free();
    }
  }

  // ---- softplus, without a branch; the exponential is the host's

  @Test
  void theLogarithmOfOnePlusAFractionIsWithinTwoUlps() {
    assertWithin(2, "test_log1p", Math::log1p, fractions());
  }

  @Test
  void softplusIsWithinThreeUlps() {
    assertWithin(
        3, "test_softplus", x -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))), everywhere());
  }

  /** Of all that softplus may be, and where its slope is all but 0 or 1. */
  @Test
  void theSlopeOfSoftplusIsWithinTwoUlps() {
    DoubleUnaryOperator exact = y -> -Math.expm1(-y);
    assertWithin(2, "test_softplus_slope", exact, fractions());
    float[] above = new float[100_000];
    for (int i = 0; i < above.length; i++) {
      above[i] = 1 + i / 1000f;
    }
    assertWithin(2, "test_softplus_slope", exact, above);
    float[] extremes = {0, Float.MAX_VALUE, Float.POSITIVE_INFINITY, Float.NaN};
    assertArrayEquals(new float[] {0, 1, 1, Float.NaN}, computed("test_softplus_slope", extremes));
  }

  /** On either side, where the exponential vanishes, and beyond what is finite. */
  @Test
  void softplusIsRightAtTheExtremes() {
    float[] x = {
      0,
      -0f,
      Float.MIN_VALUE,
      -Float.MIN_VALUE,
      -87,
      -104,
      -200,
      -Float.MAX_VALUE,
      Float.NEGATIVE_INFINITY,
      16.7f,
      88,
      200,
      Float.MAX_VALUE,
      Float.POSITIVE_INFINITY
    };
    float[] y = computed("test_softplus", x);
    for (int i = 0; i < x.length; i++) {
      double expected = Math.max(x[i], 0) + Math.log1p(Math.exp(-Math.abs((double) x[i])));
      double error = Double.isInfinite(expected) ? 0 : Math.abs(y[i] - expected);
      assertTrue(error <= 3 * Math.ulp((float) expected), x[i] + ": " + y[i] + ", not " + expected);
      assertTrue(y[i] >= 0, x[i] + ": " + y[i]);
    }
    assertEquals(Float.POSITIVE_INFINITY, y[x.length - 1]);
    assertTrue(Float.isNaN(computed("test_softplus", new float[] {Float.NaN})[0]), "NaN");
  }

  private float[] computed(String kernel, float[] x) {
    float[] y = new float[x.length];
    run(kernel, Pointer.to(x), Pointer.to(y), x.length);
    return y;
  }

  private void assertWithin(
      double ulps, String kernel, DoubleUnaryOperator exact, float[] arguments) {
    float[] found = computed(kernel, arguments);
    double worst = 0;
    float at = 0;
    for (int i = 0; i < arguments.length; i++) {
      double expected = exact.applyAsDouble(arguments[i]);
      double error = Math.abs(found[i] - expected) / Math.ulp((float) expected);
      if (error > worst) {
        worst = error;
        at = arguments[i];
      }
    }
    assertTrue(worst <= ulps, worst + " ulps at " + at);
  }

  /** Floats from 0 to 1, of all exponents. */
  private static float[] fractions() {
    return floats(
        IntStream.iterate(0, bits -> bits <= Float.floatToIntBits(1f), bits -> bits + 2053));
  }

  /** Finite floats of both signs and all exponents. */
  private static float[] everywhere() {
    int last = Float.floatToIntBits(Float.MAX_VALUE);
    IntStream positive =
        IntStream.iterate(0, bits -> bits >= 0 && bits <= last, bits -> bits + 5003);
    return floats(positive.flatMap(bits -> IntStream.of(bits, bits | 1 << 31)));
  }

  private static float[] floats(IntStream bits) {
    int[] all = bits.toArray();
    float[] floats = new float[all.length];
    for (int i = 0; i < all.length; i++) {
      floats[i] = Float.intBitsToFloat(all[i]);
    }
    return floats;
  }
}
