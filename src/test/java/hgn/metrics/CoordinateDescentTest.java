package hgn.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.RealMatrix;

class CoordinateDescentTest {
  private static final int ROWS = 100;

  /** Columns of mean 0 that are alike, the more so the larger {@code common} is. */
  private static RealMatrix columns(int count, double common, Random random) {
    double[][] x = new double[ROWS][count];
    for (int r = 0; r < ROWS; r += 2) {
      double shared = common * random.nextGaussian();
      for (int j = 0; j < count; j++) {
        x[r][j] = shared + random.nextGaussian();
        x[r + 1][j] = -x[r][j];
      }
    }
    return new Array2DRowRealMatrix(x);
  }

  /** The conditions of Karush, Kuhn and Tucker: g = alpha sign(w), or |g| <= alpha where w is 0. */
  @Property(tries = 100)
  void endsAtTheMinimum(
      @ForAll @IntRange(min = 1, max = 30) int count,
      @ForAll @IntRange(min = 0, max = 1) int common,
      @ForAll @IntRange(min = -3, max = 0) int exponent,
      @ForAll long seed) {
    Random random = new Random(seed);
    double alpha = Math.pow(10, exponent);
    RealMatrix x = columns(count, common, random);
    double[] y = new double[ROWS];
    for (int r = 0; r < ROWS; r++) {
      y[r] = x.getEntry(r, 0) - 2 * x.getEntry(r, count / 2) + random.nextGaussian();
    }
    RealMatrix covariances = x.transposeMultiply(x).scalarMultiply(1.0 / ROWS);
    double[] atZero = x.scalarMultiply(1.0 / ROWS).preMultiply(y);
    double square = new Array2DRowRealMatrix(y).getFrobeniusNorm();
    double[] w =
        new CoordinateDescent(covariances.getData(), atZero, square * square / ROWS, alpha)
            .solve(1e-13);
    double[] fitted = covariances.operate(w);
    for (int j = 0; j < count; j++) {
      double slope = atZero[j] - fitted[j];
      String where = "weight " + j + " = " + w[j] + ", slope " + slope + ", alpha " + alpha;
      if (w[j] == 0) {
        assertTrue(Math.abs(slope) <= alpha + 1e-6, where);
      } else {
        assertEquals(Math.copySign(alpha, w[j]), slope, 1e-6, where);
      }
    }
  }
}
