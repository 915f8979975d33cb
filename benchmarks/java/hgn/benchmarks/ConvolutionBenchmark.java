package hgn.benchmarks;

import hgn.tensor.Activation;
import hgn.tensor.Arena;
import hgn.tensor.Backend;
import hgn.tensor.Conv2dGeometry;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import hgn.tensor.TensorOps;
import org.openjdk.jmh.annotations.Param;

/**
 * Guards each pass of a convolution at the shapes that the published network has.
 *
 * <p>You should see at least 70 % of the FMA rate where a pass is computed as it is written, more
 * than all of it where Winograd's method does with fewer products (64 to 64 channels), and little
 * where there are few channels on one side (64 to 3). Shapes: batch 16 in the encoder, 96 frames at
 * once in the decoder. Run it with {@code java -jar target/benchmarks.jar --only Convolution}.
 */
public class ConvolutionBenchmark extends Workload {
  /** Samples x size, channels in and out, kernel, stride: as in {@code 96x32 64-64 k3}. */
  @Param({
    "96x32 64-64 k3",
    "96x16 64-64 k3",
    "96x8 64-64 k3",
    "96x32 64-3 k3",
    "96x4 16-64 k1",
    "16x32 15-32 k3",
    "16x32 32-64 k3",
    "16x32 64-64 k3",
    "16x32 64-48 k3",
    "16x32 48-64 k3 s2",
    "16x16 64-64 k3 s2",
    "16x4 32-32 k3"
  })
  public String layer;

  /** Which of the three passes. */
  @Param({"forward", "input-gradient", "weight-gradient"})
  public String pass;

  @Override
  Task prepare(Backend on) {
    String[] parts = layer.split("[x \\-]|k");
    int samples = Integer.parseInt(parts[0]);
    int size = Integer.parseInt(parts[1]);
    int inputs = Integer.parseInt(parts[2]);
    int outputs = Integer.parseInt(parts[3]);
    int kernel = Integer.parseInt(parts[5]);
    int stride = layer.endsWith(" s2") ? 2 : 1;
    Conv2dGeometry geometry = Conv2dGeometry.symmetric(stride, kernel / 2);
    int out = geometry.outHeight(size, kernel);
    Arena arena = new Arena("convolution");
    try (Arena.Entered owner = arena.enter()) {
      Shape image = Shape.of(samples, size, size, inputs);
      Shape result = Shape.of(samples, out, out, outputs);
      Shape filter = Shape.of(kernel, kernel, inputs, outputs);
      Tensor x = TensorOps.normal(on, DType.FLOAT32, image, 1, 0);
      Tensor g = TensorOps.normal(on, DType.FLOAT32, result, 1, 1);
      Tensor w = TensorOps.normal(on, DType.FLOAT32, filter, 1, 2);
      Tensor y =
          Tensor.like(
              x,
              switch (pass) {
                case "forward" -> result;
                case "input-gradient" -> image;
                default -> filter;
              });
      Runnable work =
          switch (pass) {
            case "forward" -> () -> on.conv2d(x, w, null, geometry, Activation.IDENTITY, y);
            case "input-gradient" -> () -> on.conv2dInputGrad(g, w, geometry, y);
            case "weight-gradient" -> () -> on.conv2dWeightGrad(x, g, geometry, y);
            default -> throw new IllegalArgumentException("no pass is called " + pass);
          };
      double operations = 2.0 * result.count() * inputs * kernel * kernel;
      Runnable awaited =
          () -> {
            work.run();
            on.await();
          };
      return new Task(awaited, operations, Ceiling.COMPUTE)
          .checkedBy(() -> Results.requireVariation(y))
          .closedBy(arena::close);
    }
  }
}
