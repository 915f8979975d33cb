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
  private static final int DEFAULT = cudnnMathType.CUDNN_DEFAULT_MATH;
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
    Candidate fastest = of(0, TENSOR, true, 1);
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
  void whatWasTimedUnderAnotherMathTypeCountsOnlyIfNothingElseDoes() {
    Candidate wanted = of(5, FMA, true, 90);
    Candidate other = of(1, DEFAULT, true, 1);
    assertEquals(wanted, AlgorithmChoice.best(in(Precision.FP32), List.of(other, wanted)));
    Candidate tensor = of(5, TENSOR, true, 90);
    assertEquals(tensor, AlgorithmChoice.best(in(Precision.TF32), List.of(other, tensor)));
    assertEquals(other, AlgorithmChoice.best(in(Precision.TF32), List.of(other)));
  }

  @Test
  void ofTheUnknownTimesOfAnAlgorithmTheSlowestCounts() {
    int unknown = AlgorithmChoice.UNKNOWN_MATH;
    Candidate usual = of(1, unknown, true, 1.5f);
    List<Candidate> candidates =
        List.of(
            of(5, unknown, true, 0.1f), of(5, unknown, true, 2), of(1, unknown, true, 1), usual);
    assertEquals(usual, AlgorithmChoice.best(in(Precision.FP32), candidates));
  }

  @Test
  void whoseWorkspaceIsRefusedIsNotTaken() {
    Candidate refused = new Candidate(1, FMA, true, 1, -1);
    Candidate slow = of(5, FMA, true, 90);
    assertEquals(slow, AlgorithmChoice.best(in(Precision.FP32), List.of(refused, slow)));
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
