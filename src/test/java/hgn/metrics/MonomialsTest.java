package hgn.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class MonomialsTest {
  private static final double[] X = {2, 3};

  @Test
  void areAllProductsUpToTheOrder() {
    assertArrayEquals(
        new double[] {2, 3, 4, 6, 9, 8, 12, 18, 27}, new Monomials(2, 3).values(X), 0);
  }

  @Test
  void areAsManyAsCounted() {
    for (int variables = 1; variables <= 6; variables++) {
      for (int order = 1; order <= 5; order++) {
        assertEquals(new Monomials(variables, order).size(), Monomials.count(variables, order));
      }
    }
  }

  @Test
  void haveTheSlopesOfDifferenceQuotients() {
    Monomials monomials = new Monomials(2, 5);
    double[][] slopes = monomials.slopes(X);
    double h = 1e-5;
    for (int v = 0; v < 2; v++) {
      double[] up = X.clone();
      double[] down = X.clone();
      up[v] += h;
      down[v] -= h;
      double[] above = monomials.values(up);
      double[] below = monomials.values(down);
      for (int m = 0; m < monomials.size(); m++) {
        assertEquals((above[m] - below[m]) / (2 * h), slopes[m][v], 1e-5);
      }
    }
  }
}
