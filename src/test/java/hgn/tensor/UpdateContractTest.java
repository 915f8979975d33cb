package hgn.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import hgn.random.Philox;
import java.util.Arrays;

/** The contract of the optimiser's update and of random numbers. */
class UpdateContractTest {
  @EveryBackend
  @Covers("adam")
  void adamFollowsItsFormula(Lane lane) {
    for (int count : new int[] {1, 3, 17, 33, 65, 20011}) {
      for (double decay : new double[] {0, .1}) {
        adam(lane, Shape.of(count), decay);
      }
    }
  }

  private static void adam(Lane lane, Shape shape, double decay) {
    int count = (int) shape.count();
    double[] weight = lane.values(shape, 1);
    double[] mean = new double[count];
    double[] square = new double[count];
    Tensor w = lane.tensor(shape, weight);
    Tensor m = lane.tensor(shape, mean);
    Tensor v = lane.tensor(shape, square);
    for (int t = 1; t <= 3; t++) {
      double[] gradient = lane.values(shape, 10 + t);
      Tensor g = lane.tensor(shape, gradient);
      lane.backend().adam(w, g, m, v, new AdamStep(.01, .9, .999, 1e-8, decay, t));
      Close.exact("adam leaves g", lane, gradient, g);
      for (int i = 0; i < count; i++) {
        double slope = gradient[i] + decay * weight[i];
        mean[i] = .9 * mean[i] + (1 - .9) * slope;
        square[i] = .999 * square[i] + (1 - .999) * slope * slope;
        double corrected = mean[i] / (1 - Math.pow(.9, t));
        double root = Math.sqrt(square[i] / (1 - Math.pow(.999, t)));
        weight[i] -= .01 * corrected / (root + 1e-8);
      }
      String what = "adam " + shape + " at step " + t;
      Close.each(what + ": m", lane, mean, m, .1);
      Close.each(what + ": v", lane, square, v, .001);
      Close.each(what + ": w", lane, weight, w, .1);
      // the reference goes on from the rounded state, as the tensors do
      weight = w.toDoubles();
      mean = m.toDoubles();
      square = v.toDoubles();
    }
  }

  @EveryBackend
  @Covers("adam")
  void adamStandsStillWithoutAGradient(Lane lane) {
    Shape shape = Shape.of(5);
    double[] weight = lane.values(shape, 2);
    Tensor w = lane.tensor(shape, weight);
    Tensor zero = lane.tensor(shape, new double[5]);
    Tensor m = lane.tensor(shape, new double[5]);
    Tensor v = lane.tensor(shape, new double[5]);
    lane.backend().adam(w, zero, m, v, new AdamStep(.01, .9, .999, 1e-8, 0, 1));
    Close.exact("w", lane, weight, w);
  }

  @EveryBackend
  @Covers("normal")
  void normalIsThePhiloxStream(Lane lane) {
    for (int count : new int[] {1, 2, 3, 5, 17, 33, 65, 20011}) {
      for (long seed : new long[] {0, 42, -1, 0x123456789abcdefL}) {
        for (long stream : new long[] {0, 7, -3, 1L << 40}) {
          double[] expected = new double[count];
          Philox.normal(seed, stream, expected);
          Tensor y = lane.result(Shape.of(count));
          lane.backend().normal(seed, stream, y);
          Close.each("normal " + count + " of " + seed + "/" + stream, lane, expected, y, 1);
        }
      }
    }
  }

  @EveryBackend
  @Covers("normal")
  void normalHasUnitVarianceAndItsStreamsDiffer(Lane lane) {
    int count = 40000;
    Tensor y = lane.result(Shape.of(count));
    lane.backend().normal(3, 1, y);
    double[] values = y.toDoubles();
    double sum = Arrays.stream(values).sum();
    double squares = Arrays.stream(values).map(v -> v * v).sum();
    assertEquals(0, sum / count, 5 / Math.sqrt(count), "mean");
    assertEquals(1, squares / count, 5 * Math.sqrt(2.0 / count), "variance");
    lane.backend().normal(3, 2, y);
    assertFalse(Arrays.equals(values, y.toDoubles()), "another stream");
  }
}
