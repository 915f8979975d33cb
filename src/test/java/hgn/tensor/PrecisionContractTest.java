package hgn.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.testing.backends.EveryBackend;
import hgn.testing.backends.Lane;
import hgn.testing.backends.Naive;
import hgn.testing.backends.Precisions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Assumptions;

/**
 * Convolutions and their gradients in each {@link Precision}, against double precision.
 *
 * <p>With S the sum of |x w| over the terms of a result, factors off by up to u each, sums in
 * float32 and a result off by up to v, the error is at most ((1+u)^2 (1+n/2^24) (1+v) - 1) S for n
 * terms. TF32 truncates or rounds factors to 11 bits, so u = 2^-10; bfloat16 rounds factors and
 * results to 8 bits, so u = v = 2^-8.
 */
class PrecisionContractTest {
  /** One convolution. */
  private record Case(Shape x, Shape w, Conv2dGeometry geometry) {
    Shape y() {
      return ConvShapes.output(x, w, geometry);
    }
  }

  private static final List<Case> CASES =
      List.of(
          new Case(Shape.of(1, 3, 3, 1), Shape.of(1, 1, 1, 1), Conv2dGeometry.symmetric(1, 0)),
          new Case(Shape.of(2, 7, 5, 3), Shape.of(3, 3, 3, 5), Conv2dGeometry.symmetric(1, 1)),
          new Case(Shape.of(2, 9, 6, 5), Shape.of(2, 3, 5, 3), Conv2dGeometry.symmetric(3, 1)),
          new Case(Shape.of(1, 8, 7, 16), Shape.of(3, 3, 16, 8), Conv2dGeometry.symmetric(2, 1)),
          new Case(Shape.of(2, 5, 7, 15), Shape.of(2, 2, 15, 17), Conv2dGeometry.after(1, 1)),
          new Case(
              Shape.of(1, 6, 5, 64), Shape.of(3, 3, 64, 33), new Conv2dGeometry(1, 2, 0, 1, 2)));

  /** A convolution or one of its gradients: its result and the exact values. */
  private record Outcome(String what, double[] exact, double[] scale, long terms, double[] found) {
    void check(double factors, double result) {
      double sums = Math.scalb((double) terms, -24);
      double share = (1 + factors) * (1 + factors) * (1 + sums) * (1 + result) - 1;
      assertEquals(exact.length, found.length, what);
      for (int i = 0; i < exact.length; i++) {
        double by = share * scale[i];
        int place = i;
        assertTrue(
            Math.abs(found[i] - exact[i]) <= by,
            () ->
                what
                    + " at "
                    + place
                    + ": "
                    + found[place]
                    + ", not "
                    + exact[place]
                    + " +- "
                    + by);
      }
    }
  }

  private static double factorError(Precision precision) {
    return switch (precision) {
      case FP32 -> 0;
      case TF32 -> 0x1p-10;
      case BF16 -> 0x1p-8;
    };
  }

  private static double resultError(Precision precision) {
    return precision == Precision.BF16 ? 0x1p-8 : 0;
  }

  /** All three directions of all cases, on numbers that {@code rounding} does not change. */
  private static List<Outcome> outcomes(
      Lane lane, Precision precision, DoubleUnaryOperator rounding) {
    Backend backend = lane.backend();
    List<Outcome> outcomes = new ArrayList<>();
    for (Case c : CASES) {
      double[] x = Arrays.stream(lane.values(c.x, 1)).map(rounding).toArray();
      double[] w = Arrays.stream(lane.values(c.w, 2)).map(rounding).toArray();
      double[] g = Arrays.stream(lane.values(c.y(), 3)).map(rounding).toArray();
      Tensor image = lane.tensor(c.x, x);
      Tensor filter = lane.tensor(c.w, w);
      Tensor cotangent = lane.tensor(c.y(), g);
      Tensor y = lane.result(c.y());
      Tensor dx = lane.result(c.x);
      Tensor dw = lane.result(c.w);
      in(
          precision,
          () -> {
            backend.conv2d(image, filter, null, c.geometry, Activation.IDENTITY, y);
            backend.conv2dInputGrad(cotangent, filter, c.geometry, dx);
            backend.conv2dWeightGrad(image, cotangent, c.geometry, dw);
          });
      String what = precision + " " + c;
      long taps = (long) c.w.dim(0) * c.w.dim(1);
      outcomes.add(
          new Outcome(
              "conv2d " + what,
              Naive.conv(c.x, x, c.w, w, c.y(), c.geometry),
              Naive.conv(c.x, sizes(x), c.w, sizes(w), c.y(), c.geometry),
              taps * c.w.dim(2),
              y.toDoubles()));
      outcomes.add(
          new Outcome(
              "conv2dInputGrad " + what,
              Naive.convInputGrad(c.x, c.w, w, c.y(), g, c.geometry),
              Naive.convInputGrad(c.x, c.w, sizes(w), c.y(), sizes(g), c.geometry),
              taps * c.w.dim(3),
              dx.toDoubles()));
      outcomes.add(
          new Outcome(
              "conv2dWeightGrad " + what,
              Naive.convWeightGrad(c.x, x, c.w, c.y(), g, c.geometry),
              Naive.convWeightGrad(c.x, sizes(x), c.w, c.y(), sizes(g), c.geometry),
              c.y().count() / c.y().dim(3),
              dw.toDoubles()));
    }
    return outcomes;
  }

  /** Skips the test if a GPU has no units for the precision. */
  private static void in(Precision precision, Runnable work) {
    try {
      Precisions.in(precision, work);
    } catch (UnsupportedOperationException reason) {
      Assumptions.abort(reason.getMessage());
    }
  }

  private static double[] sizes(double[] values) {
    return Arrays.stream(values).map(Math::abs).toArray();
  }

  @EveryBackend
  void errorsAreThoseOfFactorsAndResults(Lane lane) {
    for (Precision precision : Precision.values()) {
      for (Outcome outcome : outcomes(lane, precision, v -> v)) {
        outcome.check(factorError(precision), resultError(precision));
      }
    }
  }

  @EveryBackend
  void factorsThatNeedNoRoundingAreSummedInSinglePrecision(Lane lane) {
    for (Precision precision : Precision.values()) {
      for (Outcome outcome : outcomes(lane, precision, v -> Math.rint(v * 64) / 64)) {
        outcome.check(0, resultError(precision));
      }
    }
  }

  @EveryBackend
  void hostsComputeTheSameInAllThatTheyHaveNoUnitsFor(Lane lane) {
    Assumptions.assumeFalse(lane.backend().name().equals("cuda"), "it rounds as it is told");
    boolean tiles = lane.backend().describe().contains("AMX");
    List<Outcome> exact = outcomes(lane, Precision.FP32, v -> v);
    for (Precision precision : Precision.values()) {
      List<Outcome> others = outcomes(lane, precision, v -> v);
      for (int i = 0; i < exact.size(); i++) {
        boolean rounds = tiles && precision == Precision.BF16;
        boolean same = Arrays.equals(exact.get(i).found, others.get(i).found);
        assertEquals(!rounds, same, others.get(i).what);
      }
    }
  }
}
