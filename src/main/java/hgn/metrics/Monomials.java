package hgn.metrics;

import java.util.ArrayList;
import java.util.List;

/** All monomials in {@code variables} variables, of degree 1 to {@code order}. */
final class Monomials {
  private final int variables;

  /** For each monomial, the ascending indices of its factors: x0 x0 x2 = {0,0,2}. */
  private final List<int[]> factors = new ArrayList<>();

  Monomials(int variables, int order) {
    this.variables = variables;
    for (int degree = 1; degree <= order; degree++) {
      extend(new int[degree], 0, 0);
    }
  }

  private void extend(int[] product, int length, int least) {
    if (length == product.length) {
      factors.add(product.clone());
      return;
    }
    for (int v = least; v < variables; v++) {
      product[length] = v;
      extend(product, length + 1, v);
    }
  }

  /** Number of monomials: C(variables + order, order) - 1. */
  static long count(int variables, int order) {
    double count = 1;
    for (int i = 1; i <= order; i++) {
      count = count * (variables + i) / i;
    }
    return Math.round(count) - 1;
  }

  int size() {
    return factors.size();
  }

  double[] values(double[] x) {
    double[] values = new double[factors.size()];
    for (int m = 0; m < values.length; m++) {
      values[m] = product(factors.get(m), x, -1);
    }
    return values;
  }

  double[][] values(double[][] rows) {
    double[][] values = new double[rows.length][];
    for (int r = 0; r < rows.length; r++) {
      values[r] = values(rows[r]);
    }
    return values;
  }

  /** d value_m / d x_v at x, as [m][v]. */
  double[][] slopes(double[] x) {
    double[][] slopes = new double[factors.size()][variables];
    for (int m = 0; m < slopes.length; m++) {
      int[] product = factors.get(m);
      for (int f = 0; f < product.length; f++) {
        slopes[m][product[f]] += product(product, x, f);
      }
    }
    return slopes;
  }

  private static double product(int[] factors, double[] x, int without) {
    double value = 1;
    for (int f = 0; f < factors.length; f++) {
      if (f != without) {
        value *= x[factors[f]];
      }
    }
    return value;
  }
}
