package hgn.doctor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hgn.bench.BenchWork;
import hgn.bench.Stopwatch;
import hgn.tensor.Activation;
import hgn.tensor.Arena;
import hgn.tensor.Backend;
import hgn.tensor.Conv2dGeometry;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import hgn.tensor.TensorOps;
import java.io.PrintWriter;
import java.util.Locale;

/**
 * Peak performance of the device on favourable workloads: a large matrix product, a large
 * convolution, a long copy, and the smallest possible call.
 */
final class Ceilings implements Exam.Part {
  private static final int SMALL_CALLS = 1000;
  private static final int CHANNELS = 64;
  private static final int SIDE = 32;

  private final Exam.Size size;
  private double operations;
  private double bytes;

  Ceilings(Exam.Size size) {
    this.size = size;
  }

  @Override
  public String name() {
    return "ceilings";
  }

  /** Operations per second, the higher of product and convolution, once measured. */
  double operationsPerSecond() {
    return operations;
  }

  /** Bytes read and written per second by a copy, once measured. */
  double bytesPerSecond() {
    return bytes;
  }

  @Override
  public boolean run(Backend backend, PrintWriter out, ObjectNode found) {
    double product = product(backend);
    double convolution = convolution(backend);
    operations = Math.max(product, convolution);
    bytes = copy(backend);
    double call = smallCall(backend);
    found.put("product_flop_per_s", product).put("convolution_flop_per_s", convolution);
    found.put("copy_bytes_per_s", bytes).put("smallest_call_s", call);
    out.println(
        String.format(
            Locale.ROOT,
            "ceilings: product %.4g GFLOP/s, convolution %.4g GFLOP/s, copy %.4g GB/s,"
                + " smallest call %.3g us",
            product * 1e-9,
            convolution * 1e-9,
            bytes * 1e-9,
            call * 1e6));
    return true;
  }

  private double seconds(Backend backend, Runnable work) {
    return Stopwatch.time(BenchWork.awaited(work, backend), 3, size.iterations()).least();
  }

  private double product(Backend backend) {
    int n = size.product();
    try (Arena arena = Arena.open("product")) {
      Tensor a = TensorOps.normal(backend, DType.FLOAT32, Shape.of(n, n), 1, 0);
      Tensor y = Tensor.like(a, a.shape());
      double time = seconds(backend, () -> backend.matmul(a, false, a, false, y));
      return 2.0 * n * n * n / time;
    }
  }

  private double convolution(Backend backend) {
    int samples = Math.max(1, size.product() / 8);
    Shape image = Shape.of(samples, SIDE, SIDE, CHANNELS);
    Shape weight = Shape.of(3, 3, CHANNELS, CHANNELS);
    Conv2dGeometry same = Conv2dGeometry.symmetric(1, 1);
    try (Arena arena = Arena.open("convolution")) {
      Tensor x = TensorOps.normal(backend, DType.FLOAT32, image, 1, 0);
      Tensor w = TensorOps.normal(backend, DType.FLOAT32, weight, 1, 1);
      Tensor y = Tensor.like(x, image);
      double time =
          seconds(backend, () -> backend.conv2d(x, w, null, same, Activation.IDENTITY, y));
      return 2.0 * image.count() * 9 * CHANNELS / time;
    }
  }

  private double copy(Backend backend) {
    try (Arena arena = Arena.open("copy")) {
      Tensor x = Tensor.full(backend, DType.FLOAT32, Shape.of(size.copied()), 1);
      Tensor y = Tensor.like(x, x.shape());
      return 8.0 * size.copied() / seconds(backend, () -> backend.copy(x, y));
    }
  }

  private double smallCall(Backend backend) {
    try (Arena arena = Arena.open("small")) {
      Tensor y = Tensor.full(backend, DType.FLOAT32, Shape.of(1), 0);
      Runnable calls =
          () -> {
            for (int i = 0; i < SMALL_CALLS; i++) {
              backend.fill(y, i);
            }
          };
      return seconds(backend, calls) / SMALL_CALLS;
    }
  }
}
