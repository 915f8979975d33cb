package hgn.mechanics;

import hgn.autograd.Gradients;
import hgn.autograd.Tape;
import hgn.autograd.Var;
import hgn.autograd.ops.Reductions;
import hgn.physics.MotionException;
import hgn.tensor.Arena;
import hgn.tensor.Backend;
import hgn.tensor.Backends;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * An energy and its derivatives at single states, in float64 on the plain Java backend. Every call
 * uses its own arena and always records, so it may be made from any thread.
 *
 * @param name of the system, for messages
 * @param energy H
 */
record EnergyGradient(String name, Energy energy) {
  private static final Backend JVM = Backends.get("jvm");

  /**
   * H(t, q, p) at {@code s} = (q, p).
   *
   * @throws MotionException if it is not finite
   */
  double value(double t, double[] s) {
    try (Arena arena = Arena.open("energy of " + name);
        Tape.Mode off = Tape.pause()) {
      Var h = at(t, s, Var.constant(half(s, 0)), Var.constant(half(s, 1)));
      return h.item();
    }
  }

  /**
   * Hamilton's equations: writes (dH/dp, -dH/dq) at {@code s} = (q, p) to {@code dsdt}.
   *
   * @throws MotionException if H or a derivative is not finite
   */
  void derivatives(double t, double[] s, double[] dsdt) {
    int n = s.length / 2;
    try (Arena arena = Arena.open("motion of " + name);
        Tape.Mode on = Tape.resume()) {
      Var q = Var.leaf(half(s, 0));
      Var p = Var.leaf(half(s, 1));
      Var h = Reductions.sum(at(t, s, q, p));
      List<Var> slopes = Gradients.orZero(h, List.of(q, p), false);
      double[] dq = slopes.get(0).value().toDoubles();
      double[] dp = slopes.get(1).value().toDoubles();
      for (int i = 0; i < n; i++) {
        dsdt[i] = requireFinite("dH/dp" + i, dp[i], t, s);
        dsdt[n + i] = -requireFinite("dH/dq" + i, dq[i], t, s);
      }
    }
  }

  private static Tensor half(double[] s, int which) {
    int n = s.length / 2;
    double[] part = Arrays.copyOfRange(s, which * n, (which + 1) * n);
    return Tensor.of(JVM, DType.FLOAT64, Shape.of(1, n), part);
  }

  private Var at(double t, double[] s, Var q, Var p) {
    Var h = energy.energy(t, q, p);
    if (!h.shape().equals(Shape.of(1))) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "[mechanics] %s: energy of q and p %s has shape %s; it must be %s, one number per sample",
              name,
              q.shape(),
              h.shape(),
              Shape.of(1)));
    }
    requireFinite("H", h.item(), t, s);
    return h;
  }

  private double requireFinite(String what, double value, double t, double[] s) {
    if (!Double.isFinite(value)) {
      throw new MotionException(
          String.format(
              Locale.ROOT,
              "[mechanics] %s: %s is %s at t = %s, (q, p) = %s; it must be finite wherever the motion goes",
              name,
              what,
              value,
              t,
              Arrays.toString(s)));
    }
    return value;
  }
}
