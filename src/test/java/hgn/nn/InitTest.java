package hgn.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.tensor.Shape;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class InitTest {
  private static final Shape LARGE = Shape.of(40_000);

  @Test
  void valuesFillTheIntervalOfTheirFanInAndGain() {
    double bound = 3 / Math.sqrt(144);
    double[] values = new Init(7).uniform(LARGE, 144, 3);
    double smallest = Arrays.stream(values).min().orElseThrow();
    double largest = Arrays.stream(values).max().orElseThrow();
    assertTrue(-bound < smallest && smallest < -0.999 * bound, "smallest " + smallest);
    assertTrue(0.999 * bound < largest && largest < bound, "largest " + largest);
  }

  @Test
  void meanAndVarianceAreThoseOfAUniformDistribution() {
    double[] values = new Init(8).uniform(LARGE, 1, 1);
    double mean = Arrays.stream(values).average().orElseThrow();
    double square = Arrays.stream(values).map(v -> v * v).average().orElseThrow();
    double fourth = Arrays.stream(values).map(v -> v * v * v * v).average().orElseThrow();
    // five standard deviations of each average
    double share = 5 / Math.sqrt(values.length);
    assertEquals(0, mean, share * Math.sqrt(1.0 / 3));
    assertEquals(1.0 / 3, square, share * Math.sqrt(1.0 / 5 - 1.0 / 9));
    assertEquals(1.0 / 5, fourth, share * Math.sqrt(1.0 / 9 - 1.0 / 25));
  }

  @Test
  void theSameSeedAndPlaceGiveTheSameValues() {
    Init first = new Init(9);
    Init second = new Init(9);
    first.uniform(Shape.of(3), 1, 1);
    second.uniform(Shape.of(2, 500), 10, 2); // earlier draws matter only by their number
    assertArrayEquals(first.uniform(Shape.of(50), 4, 1), second.uniform(Shape.of(50), 4, 1));
  }

  @Test
  void seedsAndParametersHaveStreamsOfTheirOwn() {
    Init init = new Init(10);
    double[] a = init.uniform(LARGE, 1, 1);
    double[] b = init.uniform(LARGE, 1, 1);
    double[] c = new Init(11).uniform(LARGE, 1, 1);
    assertFalse(Arrays.equals(a, b));
    double limit = 5 / Math.sqrt(a.length);
    assertEquals(0, correlation(a, b), limit);
    assertEquals(0, correlation(a, c), limit);
    assertEquals(0, correlation(Arrays.copyOf(a, 39_999), Arrays.copyOfRange(a, 1, 40_000)), limit);
  }

  private static double correlation(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += 3 * a[i] * b[i]; // variance 1/3 each
    }
    return sum / a.length;
  }
}
