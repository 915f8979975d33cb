package hgn.backend.cuda;

import hgn.tensor.DeviceException;
import hgn.tensor.Precision;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;
import jcuda.jcudnn.cudnnMathType;

/**
 * Chooses among the algorithms that cuDNN has timed. Times vary from run to run, and another
 * algorithm would change the last bits of results. So the usual one, an implicit GEMM on the units
 * of the requested precision, is taken unless it is much slower than the fastest.
 *
 * <p>cuDNN also times algorithms under its default math type, but a call always runs under that of
 * its precision. So those count only if there are no others.
 */
final class AlgorithmChoice {
  /** The math type of a candidate of which the binding does not say it. */
  static final int UNKNOWN_MATH = -1;

  /** cuDNN's number of the implicit GEMM, the same for all three directions. */
  private static final int USUAL = 1;

  /** How much slower than the fastest the usual one may be. */
  private static final double MAX_SLOWDOWN = 2;

  private static final Comparator<Candidate> BY_TIME =
      Comparator.comparingDouble(Candidate::milliseconds);

  /**
   * An algorithm that cuDNN has run.
   *
   * @param algorithm cuDNN's number
   * @param mathType the units that it was timed on, or {@link #UNKNOWN_MATH}
   * @param deterministic whether results are bitwise reproducible
   * @param milliseconds time of a call
   * @param workspace bytes that it needs under the math type of the precision; negative if it does
   *     not run under that
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
    Collection<Candidate> allowed = timedAlike(sizes.precision(), allowed(sizes, candidates));
    Candidate fastest =
        allowed.stream()
            .min(BY_TIME)
            .orElseThrow(
                () ->
                    new DeviceException(
                        "["
                            + sizes.direction().op()
                            + "] cuDNN has no deterministic algorithm in "
                            + sizes.precision()
                            + " for "
                            + sizes.x()
                            + " * "
                            + sizes.w()
                            + "; set engine.precision to another, or use the 'cpu' backend"));
    return allowed.stream()
        .filter(c -> c.algorithm() == USUAL)
        .filter(c -> c.milliseconds() <= MAX_SLOWDOWN * fastest.milliseconds())
        .findFirst()
        .orElse(fastest);
  }

  private static List<Candidate> allowed(ConvolutionCase sizes, List<Candidate> candidates) {
    return candidates.stream()
        .filter(Candidate::deterministic)
        .filter(c -> c.workspace() >= 0)
        .filter(c -> sizes.precision() != Precision.FP32 || isExact(c.mathType()))
        .toList();
  }

  /**
   * One candidate per algorithm: those timed under the precision's math type if there are any. If
   * an algorithm is listed several times without its math types, the slowest counts, since the
   * others may have been timed on units that the call does not use.
   */
  private static Collection<Candidate> timedAlike(Precision precision, List<Candidate> allowed) {
    int wanted = ConvolutionPlan.mathType(precision);
    List<Candidate> alike =
        allowed.stream()
            .filter(c -> c.mathType() == wanted || c.mathType() == UNKNOWN_MATH)
            .toList();
    Map<Integer, Candidate> slowest =
        (alike.isEmpty() ? allowed : alike)
            .stream()
                .collect(
                    Collectors.toMap(
                        Candidate::algorithm, Function.identity(), BinaryOperator.maxBy(BY_TIME)));
    return slowest.values();
  }

  /**
   * Whether the candidate may have run without tensor operations: these two math types ask for
   * them.
   */
  private static boolean isExact(int mathType) {
    return mathType != cudnnMathType.CUDNN_TENSOR_OP_MATH
        && mathType != cudnnMathType.CUDNN_TENSOR_OP_MATH_ALLOW_CONVERSION;
  }
}
