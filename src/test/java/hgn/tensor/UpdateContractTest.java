package hgn.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import hgn.random.Philox;
import hgn.testing.Closeness;
import hgn.testing.backends.Covers;
import hgn.testing.backends.EveryBackend;
import hgn.testing.backends.Lane;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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
      AdamRule rule = new AdamRule(.9, .999, 1e-8, decay);
      adam(lane, List.of(new AdamSlot(w, g, m, v)), rule, rule.schedule(.01, t), 0);
      Closeness.exact("adam leaves g", lane, gradient, g);
      for (int i = 0; i < count; i++) {
        double slope = gradient[i] + decay * weight[i];
        mean[i] = .9 * mean[i] + (1 - .9) * slope;
        square[i] = .999 * square[i] + (1 - .999) * slope * slope;
        double corrected = mean[i] / (1 - Math.pow(.9, t));
        double root = Math.sqrt(square[i] / (1 - Math.pow(.999, t)));
        weight[i] -= .01 * corrected / (root + 1e-8);
      }
      String what = "adam " + shape + " at step " + t;
      Closeness.each(what + ": m", lane, mean, m, .1);
      Closeness.each(what + ": v", lane, square, v, .001);
      Closeness.each(what + ": w", lane, weight, w, .1);
      // the reference continues from the rounded state, like the tensors
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
    AdamRule rule = new AdamRule(.9, .999, 1e-8, 0);
    adam(lane, List.of(new AdamSlot(w, zero, m, v)), rule, rule.schedule(.01, 1), 0);
    Closeness.exact("w", lane, weight, w);
  }

  private static void adam(
      Lane lane, List<AdamSlot> slots, AdamRule rule, double[] schedule, double veto) {
    Tensor constants = lane.tensor(Shape.of(2), schedule);
    lane.backend().adam(slots, rule, constants, lane.tensor(Shape.SCALAR, new double[] {veto}));
  }

  @EveryBackend
  @Covers("adam")
  void adamUpdatesManyTensorsAsIfEachWereAlone(Lane lane) {
    AdamRule rule = new AdamRule(.9, .999, 1e-8, .1);
    List<AdamSlot> together = new ArrayList<>();
    List<AdamSlot> alone = new ArrayList<>();
    for (int k = 0; k < 150; k++) { // more than one launch takes
      Shape shape = Shape.of(1 + k % 7 * 31);
      together.add(slot(lane, shape, k));
      alone.add(slot(lane, shape, k));
    }
    adam(lane, together, rule, rule.schedule(.01, 2), 0);
    for (int k = 0; k < alone.size(); k++) {
      adam(lane, alone.subList(k, k + 1), rule, rule.schedule(.01, 2), 0);
      Closeness.exact("w " + k, lane, alone.get(k).w().toDoubles(), together.get(k).w());
      Closeness.exact("m " + k, lane, alone.get(k).m().toDoubles(), together.get(k).m());
      Closeness.exact("v " + k, lane, alone.get(k).v().toDoubles(), together.get(k).v());
    }
  }

  private static AdamSlot slot(Lane lane, Shape shape, int k) {
    double[] squares = lane.values(shape, 4000 + k);
    for (int i = 0; i < squares.length; i++) {
      squares[i] = Math.abs(squares[i]);
    }
    return new AdamSlot(
        lane.tensor(shape, lane.values(shape, 1000 + k)),
        lane.tensor(shape, lane.values(shape, 2000 + k)),
        lane.tensor(shape, lane.values(shape, 3000 + k)),
        lane.tensor(shape, squares));
  }

  @EveryBackend
  @Covers("adam")
  void aVetoLeavesAllAsItIs(Lane lane) {
    Shape shape = Shape.of(37);
    AdamSlot slot = slot(lane, shape, 1);
    double[] w = slot.w().toDoubles();
    double[] m = slot.m().toDoubles();
    double[] v = slot.v().toDoubles();
    slot.g().set(nan(37));
    AdamRule rule = new AdamRule(.9, .999, 1e-8, 0);
    adam(lane, List.of(slot), rule, rule.schedule(.01, 1), 3);
    Closeness.exact("w", lane, w, slot.w());
    Closeness.exact("m", lane, m, slot.m());
    Closeness.exact("v", lane, v, slot.v());
  }

  private static double[] nan(int count) {
    double[] values = new double[count];
    Arrays.fill(values, Double.NaN);
    return values;
  }

  @EveryBackend
  @Covers("copyUnless")
  void copyUnlessCopiesWhereTheVetoIsZero(Lane lane) {
    for (int count : new int[] {1, 3, 17, 65, 20011}) {
      Shape shape = Shape.of(count);
      double[] from = lane.values(shape, 8);
      double[] before = lane.values(shape, 9);
      Tensor x = lane.tensor(shape, from);
      Tensor y = lane.tensor(shape, before);
      lane.backend().copyUnless(lane.tensor(Shape.SCALAR, new double[] {1}), x, y);
      Closeness.exact("vetoed", lane, before, y);
      lane.backend().copyUnless(lane.tensor(Shape.SCALAR, new double[] {0}), x, y);
      Closeness.exact("copied", lane, from, y);
      Closeness.exact("x", lane, from, x);
    }
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
          Closeness.each("normal " + count + " of " + seed + "/" + stream, lane, expected, y, 1);
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
