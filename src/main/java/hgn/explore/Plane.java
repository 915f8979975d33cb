package hgn.explore;

import hgn.autograd.Var;
import hgn.dynamics.PhaseState;
import hgn.metrics.PhaseAxes;
import hgn.tensor.Backend;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import java.util.Arrays;

/**
 * The plane of a phase portrait: the first axis w of {@link PhaseAxes}, along which x = w . q and y
 * = w . p. A point of the plane stands for the state that has these, and the mean's q and p across
 * w. Where q and p are one number each, that is the whole phase space.
 */
final class Plane {
  private final Shape shape;
  private final int angles;
  private final double[] axis;
  private final double[] mean;
  private final double explained;

  /**
   * The plane along which these states move most.
   *
   * @param states rows of 2D numbers, D of q, then D of p
   * @param shape of one state's q
   * @param angles how many of the first numbers of q are angles
   */
  Plane(double[][] states, Shape shape, int angles) {
    this.shape = shape;
    this.angles = angles;
    double[][] wrapped = new double[states.length][];
    mean = new double[states[0].length];
    for (int n = 0; n < states.length; n++) {
      wrapped[n] = wrapped(states[n]);
      for (int i = 0; i < mean.length; i++) {
        mean[i] += wrapped[n][i] / states.length;
      }
    }
    PhaseAxes axes = PhaseAxes.of(wrapped, 0, 1);
    axis = upright(axes.axis(0));
    explained = axes.explained();
  }

  /** The direction in which the largest number of the axis is positive. */
  private static double[] upright(double[] axis) {
    double largest = 0;
    for (double number : axis) {
      largest = Math.abs(number) > Math.abs(largest) ? number : largest;
    }
    double sign = Math.signum(largest);
    return Arrays.stream(axis).map(number -> sign * number).toArray();
  }

  /** Angles from -pi to pi. */
  private double[] wrapped(double[] state) {
    double[] copy = state.clone();
    for (int i = 0; i < angles; i++) {
      copy[i] = Math.IEEEremainder(copy[i], 2 * Math.PI);
    }
    return copy;
  }

  /** Returns the share of the variance that the axis carries. */
  double explained() {
    return explained;
  }

  /** Returns x and y of a state. */
  double[] point(double[] state) {
    double[] wrapped = wrapped(state);
    int size = axis.length;
    double x = 0;
    double y = 0;
    for (int i = 0; i < size; i++) {
      x += axis[i] * wrapped[i];
      y += axis[i] * wrapped[size + i];
    }
    return new double[] {x, y};
  }

  /** Returns the points of several states. */
  double[][] points(double[][] states) {
    double[][] points = new double[states.length][];
    for (int n = 0; n < points.length; n++) {
      points[n] = point(states[n]);
    }
    return points;
  }

  /** Returns the state of a point, as a batch of one. */
  PhaseState state(double x, double y, Backend backend, DType dtype) {
    return states(new double[] {x}, new double[] {y}, backend, dtype);
  }

  /** Returns the states of several points, as one batch. */
  PhaseState states(double[] x, double[] y, Backend backend, DType dtype) {
    int size = axis.length;
    double[] origin = point(mean);
    double[] q = new double[x.length * size];
    double[] p = new double[x.length * size];
    for (int n = 0; n < x.length; n++) {
      for (int i = 0; i < size; i++) {
        q[n * size + i] = mean[i] + (x[n] - origin[0]) * axis[i];
        p[n * size + i] = mean[size + i] + (y[n] - origin[1]) * axis[i];
      }
    }
    Shape batch = shape.with(0, x.length);
    return new PhaseState(
        Var.constant(Tensor.of(backend, dtype, batch, q)),
        Var.constant(Tensor.of(backend, dtype, batch, p)));
  }
}
