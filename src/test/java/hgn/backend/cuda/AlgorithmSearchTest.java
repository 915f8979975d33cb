package hgn.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.backend.cuda.AlgorithmChoice.Candidate;
import hgn.backend.cuda.ConvolutionCase.Direction;
import hgn.tensor.Activation;
import hgn.tensor.Arena;
import hgn.tensor.Backend;
import hgn.tensor.Backends;
import hgn.tensor.Conv2dGeometry;
import hgn.tensor.DType;
import hgn.tensor.MemoryPool;
import hgn.tensor.Precision;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import hgn.tensor.TensorOps;
import hgn.testing.backends.CudaEmulator;
import hgn.testing.backends.Precisions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import jcuda.jcudnn.JCudnn;
import jcuda.jcudnn.cudnnHandle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Algorithms of a stand-in that lists more than it runs, see {@code native/emulator/cudnn.cpp}: 2
 * and 4 run under the default math type only, and 3 varies from call to call.
 */
class AlgorithmSearchTest {
  private static final Shape IMAGES = Shape.of(2, 5, 4, 3);
  private static final Shape FILTER = Shape.of(3, 3, 3, 2);
  private static final Shape RESULTS = Shape.of(2, 5, 4, 2);

  private Backend cuda;

  @BeforeEach
  void install() {
    CudaEmulator.install();
    cuda = Backends.get("cuda");
  }

  private static ConvolutionCase in(Direction direction, Precision precision) {
    return new ConvolutionCase(direction, IMAGES, FILTER, RESULTS, 1, 1, 1, precision);
  }

  private static List<Candidate> candidates(ConvolutionCase sizes) {
    Device device = new Device(0);
    MemoryPool pool = new MemoryPool(device::allocate);
    cudnnHandle handle = new cudnnHandle();
    assertEquals(0, JCudnn.cudnnCreate(handle));
    try (Scratch scratch = new Scratch(pool)) {
      Dnn.Operands operands =
          new Dnn.Operands(
              scratch.floats(IMAGES.count()),
              scratch.floats(FILTER.count()),
              scratch.floats(RESULTS.count()));
      AlgorithmSearch search = new AlgorithmSearch(device, handle);
      return search.candidates(sizes, new ConvolutionPlan(sizes), operands);
    } finally {
      JCudnn.cudnnDestroy(handle);
      pool.trim();
    }
  }

  private static int[] algorithms(List<Candidate> candidates) {
    return candidates.stream().mapToInt(Candidate::algorithm).distinct().sorted().toArray();
  }

  @Test
  void mathTypesThatTheBindingDoesNotPassAreUnknown() {
    List<Candidate> forward = candidates(in(Direction.FORWARD, Precision.FP32));
    assertTrue(forward.stream().allMatch(c -> c.mathType() == AlgorithmChoice.UNKNOWN_MATH));
    List<Candidate> filter = candidates(in(Direction.WEIGHT_GRAD, Precision.FP32));
    assertFalse(filter.stream().anyMatch(c -> c.mathType() == AlgorithmChoice.UNKNOWN_MATH));
  }

  @Test
  void theWorkspaceIsThatUnderTheMathTypeOfTheCall() {
    for (Candidate c : candidates(in(Direction.INPUT_GRAD, Precision.TF32))) {
      assertEquals(c.algorithm() == 2, c.workspace() < 0, c::toString);
    }
  }

  @Test
  void whatRefusesToRunIsListedBeforeTheOneThatIsTaken() {
    ConvolutionCase sizes = in(Direction.FORWARD, Precision.FP32);
    List<Candidate> found = candidates(sizes);
    assertEquals(4, AlgorithmChoice.best(sizes, found).algorithm());
    List<Candidate> others = new ArrayList<>(found);
    others.removeIf(c -> c.algorithm() == 4);
    assertEquals(1, AlgorithmChoice.best(sizes, others).algorithm());
    int[] all = {0, 1, 2, 3, 4};
    ConvolutionCase filter = in(Direction.WEIGHT_GRAD, Precision.FP32);
    assertEquals(Arrays.toString(all), Arrays.toString(algorithms(candidates(filter))));
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void allDirectionsRunInEveryPrecision(Precision precision) {
    Conv2dGeometry geometry = Conv2dGeometry.symmetric(1, 1);
    Precisions.in(
        precision,
        () -> {
          try (Arena arena = Arena.open("convolutions")) {
            Tensor x = TensorOps.normal(cuda, DType.FLOAT32, IMAGES, 1, 1);
            Tensor w = TensorOps.normal(cuda, DType.FLOAT32, FILTER, 1, 2);
            Tensor g = TensorOps.normal(cuda, DType.FLOAT32, RESULTS, 1, 3);
            for (int call = 0; call < 2; call++) {
              Tensor y = TensorOps.conv2d(x, w, null, geometry, Activation.IDENTITY);
              Tensor dx = TensorOps.conv2dInputGrad(g, w, geometry, IMAGES);
              Tensor dw = TensorOps.conv2dWeightGrad(x, g, geometry, FILTER);
              double expected = dot(y, g);
              double tolerance = tolerance(precision);
              assertEquals(expected, dot(x, dx), tolerance);
              assertEquals(expected, dot(w, dw), tolerance);
            }
          }
        });
  }

  private static double dot(Tensor a, Tensor b) {
    double[] left = a.toDoubles();
    double[] right = b.toDoubles();
    double sum = 0;
    for (int i = 0; i < left.length; i++) {
      sum += left[i] * right[i];
    }
    return sum;
  }

  private static double tolerance(Precision precision) {
    return switch (precision) {
      case FP32 -> 1e-4;
      case TF32 -> 0.04;
      case BF16 -> 0.3;
    };
  }
}
