package hgn.testing.golden;

import hgn.tensor.Shape;
import java.util.Locale;

/**
 * Compares computed arrays, in the references' layout, with a case's own. Errors are the largest
 * absolute difference divided by a scale.
 */
public final class GoldenCheck {
  private final Golden golden;
  private final String where;

  /**
   * Creates a check against {@code golden}.
   *
   * @param where the engine, for messages
   */
  public GoldenCheck(Golden golden, String where) {
    this.golden = golden;
    this.where = where;
  }

  /**
   * Compares on the scale of the reference's largest entry; if all are zero, they must match
   * exactly.
   */
  public void close(String tensor, GoldenArray actual, double tolerance) {
    close(tensor, actual, tolerance, golden.array(tensor).scale());
  }

  /** Compares on a given scale. */
  public void close(String tensor, GoldenArray actual, double tolerance, double scale) {
    GoldenArray expected = golden.array(tensor);
    if (!expected.shape().equals(actual.shape())) {
      throw new AssertionError(
          label(tensor) + " has shape " + actual.shape() + ", expected " + expected.shape());
    }
    for (int i = 0; i < actual.values().length; i++) {
      within(tensor, i, expected.values()[i], actual.values()[i], tolerance, scale);
    }
  }

  /**
   * Compares {@code group/name} if the case has all of it, otherwise its summary {@code
   * group/sample/name} and {@code group/stats/name}.
   */
  public void closeOrSummary(
      String group, String name, GoldenArray actual, double tolerance, double scale) {
    String whole = group + "/" + name;
    if (golden.has(whole)) {
      close(whole, actual, tolerance, scale);
    } else {
      summary(group, name, actual, tolerance, scale);
    }
  }

  /**
   * Compares parameters after steps of Adam, whole or sampled, by absolute differences. Adam
   * divides by |g| + epsilon, so an entry with a tiny gradient may deviate: a fraction {@code few}
   * of all entries may, by up to {@code far}.
   */
  public void closeButFew(
      String group, String name, GoldenArray actual, double tolerance, double few, double far) {
    boolean whole = golden.has(group + "/" + name);
    GoldenArray expected = golden.array(group + (whole ? "/" : "/sample/") + name);
    GoldenArray found = whole ? actual : sample(name, actual);
    int strays = 0;
    for (int i = 0; i < expected.values().length; i++) {
      boolean stray = Math.abs(found.values()[i] - expected.values()[i]) > tolerance;
      strays += stray ? 1 : 0;
      within(
          group + "/" + name,
          i,
          expected.values()[i],
          found.values()[i],
          stray && few > 0 ? far : tolerance,
          1);
    }
    int allowed = few == 0 ? 0 : (int) Math.max(1, few * expected.values().length);
    if (strays > allowed) {
      throw new AssertionError(
          label(group + "/" + name) + ": " + strays + " entries are off by over " + tolerance);
    }
  }

  private void summary(
      String group, String name, GoldenArray actual, double tolerance, double scale) {
    boolean sampled = golden.has(group + "/sample/" + name);
    if (sampled) {
      close(group + "/sample/" + name, sample(name, actual), tolerance, scale);
    }
    if (!sampled || golden.has(group + "/stats/" + name)) {
      stats(group + "/stats/" + name, actual, tolerance, scale);
    }
  }

  private GoldenArray sample(String name, GoldenArray actual) {
    double[] indices = golden.array("sample_idx/" + name).values();
    double[] values = new double[indices.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = actual.values()[(int) indices[i]];
    }
    return new GoldenArray(Shape.of(values.length), values);
  }

  /**
   * If every entry is off by at most e, the norm is by at most e sqrt(n), and so are, unless the
   * errors conspire, sums with weights within [-1, 1]; mean, minimum and maximum are by at most e.
   */
  private void stats(String tensor, GoldenArray actual, double tolerance, double scale) {
    double[] expected = golden.array(tensor).values();
    double[] found = stats(actual.values());
    double root = Math.sqrt(actual.values().length);
    for (int i = 0; i < found.length; i++) {
      boolean sum = i == 0 || i == found.length - 1;
      within(tensor, i, expected[i], found[i], tolerance, sum ? scale * root : scale);
    }
  }

  /** Norm, mean, minimum, maximum and the sum of x[i] cos i. */
  public static double[] stats(double[] x) {
    double squares = 0;
    double sum = 0;
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    double probe = 0;
    for (int i = 0; i < x.length; i++) {
      squares += x[i] * x[i];
      sum += x[i];
      min = Math.min(min, x[i]);
      max = Math.max(max, x[i]);
      probe += x[i] * Math.cos(i);
    }
    return new double[] {Math.sqrt(squares), sum / x.length, min, max, probe};
  }

  private void within(
      String tensor, int index, double expected, double actual, double tolerance, double scale) {
    double error = Math.abs(actual - expected);
    if (!(error <= tolerance * scale)) { // NaN fails too
      throw new AssertionError(
          String.format(
              Locale.ROOT,
              "%s [%d] is %.17g, expected %.17g: error %.3g of scale %.3g, tolerance %.3g",
              label(tensor),
              index,
              actual,
              expected,
              error / scale,
              scale,
              tolerance));
    }
  }

  private String label(String tensor) {
    return golden.name() + " (" + where + ") " + tensor;
  }
}
