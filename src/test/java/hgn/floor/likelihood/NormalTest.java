package hgn.floor.likelihood;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.hipparchus.special.Erf;
import org.junit.jupiter.api.Test;

class NormalTest {
  private static final double ROOT_TWO = Math.sqrt(2);
  private static final double EXACT = 1e-5;

  @Property(tries = 500)
  void probabilitiesAreThoseOfTheErrorFunction(
      @ForAll @DoubleRange(min = -6, max = 6) double low,
      @ForAll @DoubleRange(min = 0.05, max = 8) double width) {
    double a = low / ROOT_TWO;
    double b = (low + width) / ROOT_TWO;
    double expected = a > 0 ? Erf.erfc(a) - Erf.erfc(b) : Erf.erf(a, b);
    assertEquals(Math.log(expected / 2), Normal.logBetween(low, low + width), EXACT);
  }

  /** Mills' ratio: P(Z > x) = density(x) / x (1 - 1/x^2 + 3/x^4 - ...). */
  @Test
  void tailsDoNotUnderflow() {
    double x = 400;
    double expected = -x * x / 2 - Math.log(x * Math.sqrt(2 * Math.PI)) - 1 / (x * x);
    assertEquals(expected, Normal.logTail(x), 1e-6);
    assertEquals(expected, Normal.logBetween(x, x + 1), 1e-6);
    assertEquals(expected, Normal.logBetween(-x - 1, -x), 1e-6);
  }

  @Test
  void intervalsMayBeInfinite() {
    assertEquals(0, Normal.logBetween(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY), EXACT);
    assertEquals(Math.log(0.5), Normal.logBetween(0, Double.POSITIVE_INFINITY), EXACT);
    assertEquals(Normal.logTail(3), Normal.logBetween(Double.NEGATIVE_INFINITY, -3), EXACT);
  }

  @Test
  void sumsOfLogarithmsKeepTheSmallOnes() {
    assertEquals(Math.log(7), Normal.logSum(Math.log(3), Math.log(4)), 1e-14);
    assertEquals(-1000, Normal.logSum(-1000, Double.NEGATIVE_INFINITY));
    assertEquals(
        Double.NEGATIVE_INFINITY,
        Normal.logSum(Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY));
  }

  /** Wide noise reaches the same picture one turn away. */
  @Test
  void turnsAddUp() {
    double all = new Axis(0, true, 5).logBetween(0, Axis.TURN, 1);
    assertEquals(0, all, 1e-4);
    double half = new Axis(0, true, 0.1).logBetween(1, 2, 1 + 3 * Axis.TURN);
    assertEquals(Math.log(0.5), half, EXACT);
  }
}
