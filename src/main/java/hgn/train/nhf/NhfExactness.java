package hgn.train.nhf;

import hgn.autograd.Gradients;
import hgn.autograd.Var;
import hgn.autograd.ops.Layout;
import hgn.autograd.ops.Reductions;
import hgn.nhf.NeuralHamiltonianFlow;
import hgn.nhf.NhfState;
import hgn.nn.Parameters;
import hgn.random.Streams;
import hgn.tensor.Arena;
import hgn.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Numerical errors of two exact properties of a flow, invertibility and volume preservation, at N
 * points from the prior.
 *
 * @param inversion largest difference of a coordinate between s and pull(push(s))
 * @param logDeterminant largest |ln |det ds_T/ds_0||, with the Jacobian from the tape
 */
public record NhfExactness(double inversion, double logDeterminant) {
  /** Measures {@code model} in its own dtype. */
  public static NhfExactness of(NeuralHamiltonianFlow model, int points, long seed) {
    Shape shape = Shape.of(points, model.spec().dimensions());
    try (Arena arena = Arena.open("exactness")) {
      Parameters parameters = model.parameters();
      long stream = Streams.PRIOR.at(0);
      NhfState origin =
          new NhfState(
              Var.leaf(NhfStep.normal(parameters, shape, seed, stream)),
              Var.leaf(NhfStep.normal(parameters, shape, seed, stream + 1)));
      NhfState moved = model.push(origin);
      NhfState back = model.pull(moved);
      double inversion = Math.max(furthest(origin.q(), back.q()), furthest(origin.p(), back.p()));
      return new NhfExactness(inversion, logDeterminant(origin, moved, points));
    }
  }

  private static double furthest(Var a, Var b) {
    double[] x = a.value().toDoubles();
    double[] y = b.value().toDoubles();
    double most = 0;
    for (int i = 0; i < x.length; i++) {
      most = Math.max(most, Math.abs(x[i] - y[i]));
    }
    return most;
  }

  /**
   * Points move independently, so the gradient of a coordinate's sum over points gives its row of
   * every point's Jacobian.
   */
  private static double logDeterminant(NhfState from, NhfState to, int points) {
    int d = from.q().shape().dim(1);
    List<double[]> rows = new ArrayList<>(); // row r: d(coordinate r)/d(q, p) of every point
    for (int r = 0; r < 2 * d; r++) {
      Var coordinate = Layout.slice(r < d ? to.q() : to.p(), 1, r % d, 1);
      List<Var> gradients =
          Gradients.orZero(Reductions.sum(coordinate), List.of(from.q(), from.p()), false);
      gradients.forEach(gradient -> rows.add(gradient.value().toDoubles()));
    }
    double most = 0;
    for (int n = 0; n < points; n++) {
      double[][] jacobian = new double[2 * d][2 * d];
      for (int r = 0; r < 2 * d; r++) {
        System.arraycopy(rows.get(2 * r), n * d, jacobian[r], 0, d);
        System.arraycopy(rows.get(2 * r + 1), n * d, jacobian[r], d, d);
      }
      most = Math.max(most, Math.abs(Math.log(Math.abs(determinant(jacobian)))));
    }
    return most;
  }

  /** Gaussian elimination with partial pivoting; overwrites {@code a}. */
  static double determinant(double[][] a) {
    double determinant = 1;
    for (int k = 0; k < a.length; k++) {
      int pivot = k;
      for (int i = k + 1; i < a.length; i++) {
        pivot = Math.abs(a[i][k]) > Math.abs(a[pivot][k]) ? i : pivot;
      }
      if (pivot != k) {
        double[] row = a[k];
        a[k] = a[pivot];
        a[pivot] = row;
        determinant = -determinant;
      }
      determinant *= a[k][k];
      for (int i = k + 1; i < a.length && a[k][k] != 0; i++) {
        double factor = a[i][k] / a[k][k];
        for (int j = k; j < a.length; j++) {
          a[i][j] -= factor * a[k][j];
        }
      }
    }
    return determinant;
  }
}
