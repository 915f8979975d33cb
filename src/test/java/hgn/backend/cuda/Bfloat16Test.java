package hgn.backend.cuda;

import static hgn.backend.cuda.EmulatedDevice.succeed;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.tensor.Activation;
import hgn.tensor.Arena;
import hgn.tensor.Backend;
import hgn.tensor.Backends;
import hgn.tensor.Conv2dGeometry;
import hgn.tensor.DType;
import hgn.tensor.Precision;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import hgn.tensor.TensorOps;
import hgn.testing.Throws;
import hgn.testing.backends.CudaEmulator;
import hgn.testing.backends.Precisions;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import jcuda.driver.CUdeviceptr;
import org.junit.jupiter.api.Test;

/** The conversion kernels, and when they are used, on the emulator. */
class Bfloat16Test {
  private static final float[] SPECIAL = {
    0f,
    -0f,
    1f,
    -3.14159f,
    0x1.01p0f, // midway between 1 and the next, 1.0078125: to the even one, 1
    0x1.03p0f, // midway again: up to the even one
    0x1.010002p0f,
    Float.MIN_VALUE,
    0x1p-133f, // the smallest bfloat16
    0x1.8p-134f,
    Float.MAX_VALUE, // beyond the largest bfloat16
    -0x1.fep127f, // the largest
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.NaN,
    Float.intBitsToFloat(0x7f800001), // its payload is in the truncated bits
    Float.intBitsToFloat(0xffffffff), // its payload would carry
  };

  /** The nearest number whose float32 ends in 16 zero bits, by comparison of both neighbours. */
  private static float nearest(float x) {
    if (Float.isNaN(x) || Float.isInfinite(x)) {
      return x;
    }
    int low = Float.floatToRawIntBits(x) & 0xffff0000; // the neighbour nearer to zero
    double below = Float.intBitsToFloat(low);
    double step = Math.abs(Float.intBitsToFloat(low & 0x7f800000)) == 0 ? 0x1p-133 : ulp(low);
    double above = below + Math.copySign(step, x);
    double nearer = Math.abs(x - below);
    double other = Math.abs(above - x);
    boolean even = (low & 0x10000) == 0;
    return (float) (nearer < other || (nearer == other && even) ? below : above);
  }

  /** Distance to the next bfloat16 of a normal number. */
  private static double ulp(int bits) {
    return Math.scalb(1.0, Math.getExponent(Float.intBitsToFloat(bits)) - 7);
  }

  private static float[] numbers() {
    SplittableRandom random = new SplittableRandom(5);
    float[] numbers = Arrays.copyOf(SPECIAL, 1031);
    IntStream.range(SPECIAL.length, numbers.length)
        .forEach(i -> numbers[i] = Float.intBitsToFloat(random.nextInt()));
    return numbers;
  }

  @Test
  void floatsGoToTheNearestBfloat16AndBack() {
    float[] numbers = numbers();
    try (EmulatedDevice device = new EmulatedDevice()) {
      CUdeviceptr x = device.floats(numbers);
      CUdeviceptr halves = device.allocate(2L * numbers.length);
      CUdeviceptr y = device.allocate(4L * numbers.length);
      for (int start = 0; start < 2; start++) { // once aligned, once not
        int count = numbers.length - start;
        CUdeviceptr from = x.withByteOffset(4L * start);
        CUdeviceptr to = y.withByteOffset(4L * start);
        succeed(device.launch("float_to_bfloat16", 2, 64, 0, null, from, halves, (long) count));
        succeed(device.launch("bfloat16_to_float", 2, 64, 0, null, halves, to, (long) count));
        float[] found = device.floatsAt(to, count);
        for (int i = 0; i < count; i++) {
          float number = numbers[start + i];
          assertEquals(nearest(number), found[i], Float.toHexString(number));
        }
      }
    }
  }

  /** A convolution of 1 image, in a precision. */
  private static float[] convolution(Backend cuda, Conv2dGeometry geometry, Precision precision) {
    float[][] result = new float[1][];
    Precisions.in(
        precision,
        () -> {
          try (Arena arena = Arena.open("convolution")) {
            Tensor x = TensorOps.normal(cuda, DType.FLOAT32, Shape.of(1, 6, 5, 3), 1, 1);
            Tensor w = TensorOps.normal(cuda, DType.FLOAT32, Shape.of(3, 3, 3, 4), 1, 2);
            result[0] = TensorOps.conv2d(x, w, null, geometry, Activation.IDENTITY).toFloats();
          }
        });
    return result[0];
  }

  private static boolean isBfloat16(float[] numbers) {
    return IntStream.range(0, numbers.length)
        .allMatch(i -> (Float.floatToRawIntBits(numbers[i]) & 0xffff) == 0);
  }

  @Test
  void convolutionsAreRoundedInBf16AloneAndNotWhereTheyMustBeExact() {
    CudaEmulator.install();
    Backend cuda = Backends.get("cuda");
    Conv2dGeometry geometry = Conv2dGeometry.symmetric(1, 1);
    float[] exact = convolution(cuda, geometry, Precision.FP32);
    assertFalse(isBfloat16(exact));
    float[] tf32 = convolution(cuda, geometry, Precision.TF32);
    assertFalse(Arrays.equals(exact, tf32), "factors are rounded");
    assertFalse(isBfloat16(tf32));
    assertArrayEquals(exact, tf32, 0.01f);
    assertArrayEquals(exact, convolution(cuda, geometry.exactly(), Precision.TF32));
    assertArrayEquals(exact, convolution(cuda, geometry.exactly(), Precision.BF16));
    float[] rounded = convolution(cuda, geometry, Precision.BF16);
    assertTrue(isBfloat16(rounded));
    assertEquals(exact.length, rounded.length);
  }

  @Test
  void aGpuWithoutUnitsForItIsNamedWithTheRemedy() {
    Device.requireBfloat16("New", 80);
    Throws.naming(
        UnsupportedOperationException.class,
        () -> Device.requireBfloat16("Old", 75),
        "Old has compute capability 7.5",
        "at least 8.0",
        "bf16",
        "engine.precision");
  }
}
