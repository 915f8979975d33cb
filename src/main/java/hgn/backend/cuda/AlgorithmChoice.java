package hgn.backend.cuda;

import hgn.tensor.DeviceException;
import hgn.tensor.Precision;
import java.util.Comparator;
import java.util.List;
import jcuda.jcudnn.cudnnMathType;

/**
 * Chooses among the algorithms that cuDNN has timed. Times vary from run to run, and another
 * algorithm would change the last bits of results. So the usual one, an implicit GEMM on the units
 * of the requested precision, is taken unless it is much slower than the fastest.
 */
final class AlgorithmChoice {
  /** cuDNN's number of the implicit GEMM, the same for all three directions. */
  private static final int USUAL = 1;

  /** How much slower than the fastest the usual one may be. */
  private static final double MAX_SLOWDOWN = 2;

  /**
   * An algorithm that works for a case.
   *
   * @param algorithm cuDNN's number
   * @param mathType the units that it computes on
   * @param deterministic whether results are bitwise reproducible
   * @param milliseconds time of a call
   * @param workspace bytes that it needs
   */
  record Candidate(
      int algorithm, int mathType, boolean deterministic, float milliseconds, long workspace) {}

  private AlgorithmChoice() {}

  /**
   * The algorithm to use.
   *
   * @throws DeviceException if none of the candidates is allowed
   */
  static Candidate best(ConvolutionCase sizes, List<Candidate> candidates) {
    int wanted = ConvolutionPlan.mathType(sizes.precision());
    List<Candidate> allowed =
        candidates.stream()
            .filter(Candidate::deterministic)
            .filter(c -> sizes.precision() != Precision.FP32 || isExact(c.mathType()))
            .sorted(Comparator.comparingDouble(Candidate::milliseconds))
            .toList();
    if (allowed.isEmpty()) {
      throw new DeviceException(
          "["
              + sizes.direction().op()
              + "] cuDNN has no deterministic algorithm in "
              + sizes.precision()
              + " for "
              + sizes.x()
              + " * "
              + sizes.w()
              + "; set engine.precision to another, or use the 'cpu' backend");
    }
    Candidate fastest = allowed.get(0);
    return allowed.stream()
        .filter(c -> c.algorithm() == USUAL)
        .filter(c -> c.milliseconds() <= MAX_SLOWDOWN * fastest.milliseconds())
        .min(Comparator.comparing(c -> c.mathType() != wanted))
        .orElse(fastest);
  }

  /**
   * Whether the candidate ran without tensor operations: the math types other than these two allow
   * them.
   */
  private static boolean isExact(int mathType) {
    return mathType != cudnnMathType.CUDNN_TENSOR_OP_MATH
        && mathType != cudnnMathType.CUDNN_TENSOR_OP_MATH_ALLOW_CONVERSION;
  }
}
