package hgn.benchmarks;

import hgn.autograd.Gradients;
import hgn.autograd.Var;
import hgn.autograd.ops.Arithmetic;
import hgn.autograd.ops.Reductions;
import hgn.nn.Init;
import hgn.nn.Parameters;
import hgn.nn.UpsampledConv2d;
import hgn.tensor.Activation;
import hgn.tensor.Arena;
import hgn.tensor.Backend;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import hgn.tensor.TensorOps;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Param;

/**
 * Guards the convolution behind an upsampling, forward and both gradients.
 *
 * <p>You should see more than the FMA rate: operations are counted as if the doubled image were
 * convolved, and four 2x2 convolutions of the small one do with 2.25 times fewer. Shapes: the three
 * blocks of the published decoder, 96 frames at once. Run it with {@code java -jar
 * target/benchmarks.jar --only UpsampledConvolution}.
 */
public class UpsampledConvolutionBenchmark extends Workload {
  private static final int FRAMES = 96;
  private static final int FILTERS = 64;
  private static final int KERNEL = 3;

  /** Height and width before doubling; the first block has 16 channels in, the others 64. */
  @Param({"4", "8", "16"})
  public int size;

  @Override
  Task prepare(Backend on) {
    int inputs = size == 4 ? 16 : FILTERS;
    int doubled = 2 * size;
    Parameters parameters = new Parameters(on, DType.FLOAT32);
    UpsampledConv2d layer =
        new UpsampledConv2d(
            parameters, new Init(1), "layer", inputs, FILTERS, Activation.LEAKY_RELU);
    Arena arena = new Arena("upsampled convolution");
    try (Arena.Entered owner = arena.enter()) {
      Shape image = Shape.of(FRAMES, size, size, inputs);
      Tensor x = TensorOps.normal(on, DType.FLOAT32, image, 1, 0);
      Shape result = Shape.of(FRAMES, doubled, doubled, FILTERS);
      Tensor of = TensorOps.normal(on, DType.FLOAT32, result, 1, 1);
      Runnable work =
          () -> {
            try (Arena step = Arena.open("call")) {
              List<Var> by = new ArrayList<>(parameters.vars());
              by.add(Var.leaf(x));
              Var y = layer.apply(by.get(by.size() - 1));
              Gradients.of(Reductions.sum(Arithmetic.mul(y, Var.constant(of))), by, false);
              on.await();
            }
          };
      double operations = 3 * 2.0 * result.count() * inputs * KERNEL * KERNEL;
      return new Task(work, operations, Ceiling.COMPUTE)
          .closedBy(
              () -> {
                arena.close();
                parameters.close();
              });
    }
  }
}
