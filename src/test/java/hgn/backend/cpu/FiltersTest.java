package hgn.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import hgn.tensor.Activation;
import hgn.tensor.Backend;
import hgn.tensor.Conv2dGeometry;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import hgn.tensor.TensorOps;
import hgn.tensor.UpsampledConvKernel;
import java.util.function.Supplier;

/** Weights that are prepared once: the same bits as without, and nothing is kept. */
class FiltersTest {
  private static final Conv2dGeometry SAME = Conv2dGeometry.symmetric(1, 1);

  private final Backend cpu = Setup.require();

  private Tensor normal(long stream, int... shape) {
    return TensorOps.normal(cpu, DType.FLOAT32, Shape.of(shape), 1, stream);
  }

  private static double[] forward(Tensor x, Tensor w) {
    return TensorOps.conv2d(x, w, null, SAME, Activation.TANH).toDoubles();
  }

  private static double[] back(Tensor g, Tensor w, Shape input) {
    return TensorOps.conv2dInputGrad(g, w, SAME, input).toDoubles();
  }

  /** The same three times while filters are held: unprepared, preparing and prepared. */
  private void assertSame(Supplier<double[]> work) {
    double[] expected = work.get();
    long live = cpu.pool().liveBlocks();
    try (Backend.ConstantFilters held = cpu.constantFilters()) {
      for (int call = 0; call < 3; call++) {
        assertArrayEquals(expected, work.get(), "call " + call);
      }
    }
    assertEquals(0, cpu.pool().liveBlocks() - live - 3 * resultsOf(work), "blocks kept");
  }

  private long resultsOf(Supplier<double[]> work) {
    long live = cpu.pool().liveBlocks();
    work.get();
    return cpu.pool().liveBlocks() - live;
  }

  @EverySetup
  void preparedWeightsGiveTheSameBits(Setup setup) {
    setup.run(
        backend -> {
          Tensor x = normal(1, 2, 9, 8, 32);
          Tensor w = normal(2, 3, 3, 32, 48);
          Tensor g = normal(3, 2, 9, 8, 48);
          assertSame(() -> forward(x, w));
          assertSame(() -> back(g, w, x.shape()));
          UpsampledConvKernel doubled = cpu.upsampledConvolutions().orElseThrow();
          Tensor twice = normal(4, 2, 18, 16, 48);
          assertSame(
              () -> {
                doubled.forward(x, w, null, Activation.RELU, twice);
                return twice.toDoubles();
              });
          assertSame(
              () -> {
                doubled.inputGrad(twice, w, x);
                return x.toDoubles();
              });
        });
  }

  @EverySetup
  void weightsThatAreTakenAsTheyAreAreLeftAlone(Setup setup) {
    setup.run(
        backend -> {
          Tensor x = normal(1, 2, 9, 8, 3);
          Tensor small = normal(2, 3, 3, 3, 5);
          assertSame(() -> forward(x, small));
          Tensor few = normal(3, 1, 4, 4, 32); // too few pixels, though the weights would do
          Tensor w = normal(4, 3, 3, 32, 32);
          assertSame(() -> forward(few, w));
        });
  }

  @EverySetup
  void oneUseOfWeightsTakesNoMemoryAndOneHoldSpansThoseWithin(Setup setup) {
    setup.run(
        backend -> {
          Tensor x = normal(1, 1, 8, 8, 32);
          Tensor w = normal(2, 3, 3, 32, 32);
          long result = resultsOf(() -> forward(x, w));
          long live = cpu.pool().liveBlocks();
          try (Backend.ConstantFilters outer = cpu.constantFilters()) {
            forward(x, w);
            assertEquals(live + result, cpu.pool().liveBlocks(), "the first use");
            try (Backend.ConstantFilters inner = cpu.constantFilters()) {
              forward(x, w);
            }
            assertEquals(live + 2 * result + 1, cpu.pool().liveBlocks(), "the second use");
            forward(x, w);
            assertEquals(live + 3 * result + 1, cpu.pool().liveBlocks(), "the third use");
          }
          assertEquals(live + 3 * result, cpu.pool().liveBlocks());
        });
  }

  @EverySetup
  void weightsMayChangeOnceTheyAreNotHeld(Setup setup) {
    setup.run(
        backend -> {
          Tensor x = normal(1, 1, 8, 8, 32);
          Tensor w = normal(2, 3, 3, 32, 32);
          double[] before = null;
          for (int step = 0; step < 2; step++) {
            double[] expected = forward(x, w);
            try (Backend.ConstantFilters held = cpu.constantFilters()) {
              forward(x, w);
              forward(x, w);
              assertArrayEquals(expected, forward(x, w));
            }
            if (before != null) {
              assertEquals(-before[0], expected[0], 1e-6, "tanh is odd");
            }
            before = expected;
            cpu.affine(w, -1, 0, w);
          }
        });
  }
}
