package hgn.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hgn.backend.cuda.AlgorithmChoice.Candidate;
import hgn.backend.cuda.ConvolutionCase.Direction;
import hgn.tensor.DeviceException;
import hgn.tensor.Precision;
import hgn.tensor.Shape;
import hgn.testing.Throws;
import java.util.List;
import jcuda.jcudnn.cudnnMathType;
import org.junit.jupiter.api.Test;

/** Which of cuDNN's algorithms is chosen. */
class AlgorithmChoiceTest {
  private static final int FMA = cudnnMathType.CUDNN_FMA_MATH;
  private static final int TENSOR = cudnnMathType.CUDNN_TENSOR_OP_MATH;

  private static ConvolutionCase in(Precision precision) {
    Shape image = Shape.of(2, 8, 8, 16);
    Shape filter = Shape.of(3, 3, 16, 16);
    return new ConvolutionCase(Direction.FORWARD, image, filter, image, 1, 1, 1, precision);
  }

  private static Candidate of(int algorithm, int mathType, boolean deterministic, float time) {
    return new Candidate(algorithm, mathType, deterministic, time, 0);
  }

  @Test
  void theUsualOneIsTakenUnlessItIsMuchSlower() {
    Candidate usual = of(1, TENSOR, true, 1.9f);
    Candidate fastest = of(0, FMA, true, 1);
    assertEquals(usual, AlgorithmChoice.best(in(Precision.TF32), List.of(fastest, usual)));
    Candidate slow = of(1, TENSOR, true, 2.1f);
    assertEquals(fastest, AlgorithmChoice.best(in(Precision.TF32), List.of(fastest, slow)));
  }

  @Test
  void ofTheUsualOnesThatOnTheUnitsAskedForIsTaken() {
    Candidate tensor = of(1, TENSOR, true, 1.1f);
    List<Candidate> candidates = List.of(of(1, FMA, true, 1), tensor, of(0, TENSOR, true, 0.9f));
    assertEquals(tensor, AlgorithmChoice.best(in(Precision.TF32), candidates));
    Candidate plain = of(1, cudnnMathType.CUDNN_DEFAULT_MATH, true, 1);
    assertEquals(plain, AlgorithmChoice.best(in(Precision.TF32), List.of(plain)));
    assertEquals(plain, AlgorithmChoice.best(in(Precision.FP32), List.of(plain)));
  }

  @Test
  void whatVariesFromCallToCallIsNotTaken() {
    Candidate slow = of(5, FMA, true, 90);
    List<Candidate> candidates = List.of(of(1, FMA, false, 1), slow);
    assertEquals(slow, AlgorithmChoice.best(in(Precision.FP32), candidates));
  }

  @Test
  void fullPrecisionTakesNoTensorOperations() {
    Candidate exact = of(0, FMA, true, 3);
    List<Candidate> candidates = List.of(of(1, TENSOR, true, 1), exact);
    assertEquals(exact, AlgorithmChoice.best(in(Precision.FP32), candidates));
  }

  @Test
  void noneIsOneLineWithTheSizes() {
    Throws.naming(
        DeviceException.class,
        () -> AlgorithmChoice.best(in(Precision.FP32), List.of(of(1, TENSOR, true, 1))),
        "[conv2d]",
        "fp32",
        "(2,8,8,16)",
        "(3,3,16,16)",
        "engine.precision");
  }
}
