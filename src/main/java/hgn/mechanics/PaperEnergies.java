package hgn.mechanics;

import static hgn.autograd.ops.Arithmetic.add;
import static hgn.autograd.ops.Arithmetic.affine;
import static hgn.autograd.ops.Arithmetic.div;
import static hgn.autograd.ops.Arithmetic.mul;
import static hgn.autograd.ops.Arithmetic.scale;
import static hgn.autograd.ops.Arithmetic.sub;
import static hgn.autograd.ops.Functions.cos;
import static hgn.autograd.ops.Functions.reciprocal;
import static hgn.autograd.ops.Functions.sin;
import static hgn.autograd.ops.Functions.sqrt;
import static hgn.autograd.ops.Functions.square;
import static hgn.mechanics.Columns.column;

import hgn.autograd.Var;
import hgn.physics.Bodies;
import hgn.physics.DampedSpring;
import hgn.physics.DoublePendulum;
import hgn.physics.MassSpring;
import hgn.physics.Pendulum;
import hgn.text.Hints;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The energies of the paper's systems, in their correct form, on the tape. Formulas, symbols and
 * constants are those of the classes in {@link hgn.physics}.
 */
public final class PaperEnergies {
  private static final Map<String, Energy> ALL = new LinkedHashMap<>();

  static {
    ALL.put("mass-spring", PaperEnergies::massSpring);
    ALL.put("pendulum", PaperEnergies::pendulum);
    ALL.put("two-body", PaperEnergies::bodies);
    ALL.put("three-body", PaperEnergies::bodies);
    ALL.put("double-pendulum", PaperEnergies::doublePendulum);
    ALL.put("damped-spring", PaperEnergies::dampedSpring);
  }

  private PaperEnergies() {}

  /** The names of the systems. */
  public static List<String> names() {
    return List.copyOf(ALL.keySet());
  }

  /**
   * The energy of the system of that name.
   *
   * @throws IllegalArgumentException if the paper has no such system
   */
  public static Energy named(String system) {
    Energy energy = ALL.get(system);
    if (energy == null) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "[mechanics] system: '%s' is unknown; did you mean '%s'? Valid: %s",
              system,
              Hints.nearest(system, names()),
              String.join(", ", names())));
    }
    return energy;
  }

  /** p^2 / (2m) + k q^2 / 2, q and p (N, 1). */
  static Var massSpring(double t, Var q, Var p) {
    return spring(q, p, 1, 1);
  }

  /** e^(-gamma t) p^2 / (2m) + e^(gamma t) k q^2 / 2, q and p (N, 1). */
  static Var dampedSpring(double t, Var q, Var p) {
    double growth = Math.exp(DampedSpring.DAMPING * t);
    return spring(q, p, 1 / growth, growth);
  }

  private static Var spring(Var q, Var p, double kinetic, double potential) {
    return Columns.sum(
        add(
            scale(square(p), kinetic / (2 * MassSpring.MASS)),
            scale(square(q), potential * MassSpring.STIFFNESS / 2)));
  }

  /** p^2 / (2 m l^2) + m g l (1 - cos q), q and p (N, 1). */
  static Var pendulum(double t, Var q, Var p) {
    double inertia = Pendulum.MASS * Pendulum.LENGTH * Pendulum.LENGTH;
    double weight = Pendulum.MASS * Pendulum.GRAVITY * Pendulum.LENGTH;
    return Columns.sum(add(scale(square(p), 1 / (2 * inertia)), affine(cos(q), -weight, weight)));
  }

  /**
   * (p1^2 + 2 p2^2 - 2 p1 p2 cos D) / (2 m l^2 (1 + sin^2 D)) + m g l (3 - 2 cos q1 - cos q2), D =
   * q1 - q2, q and p (N, 2).
   */
  static Var doublePendulum(double t, Var q, Var p) {
    double inertia = DoublePendulum.MASS * DoublePendulum.LENGTH * DoublePendulum.LENGTH;
    double weight = DoublePendulum.MASS * DoublePendulum.GRAVITY * DoublePendulum.LENGTH;
    Var p1 = column(p, 0);
    Var p2 = column(p, 1);
    Var delta = sub(column(q, 0), column(q, 1));
    Var squares = add(square(p1), scale(square(p2), 2));
    Var coupling = scale(mul(mul(p1, p2), cos(delta)), 2);
    Var kinetic = div(sub(squares, coupling), affine(square(sin(delta)), 2 * inertia, 2 * inertia));
    Var cosines = add(scale(cos(column(q, 0)), 2), cos(column(q, 1)));
    return add(kinetic, affine(cosines, -weight, 3 * weight));
  }

  /**
   * sum_i |p_i|^2 / (2m) - sum_(i&lt;j) g m^2 / |q_i - q_j|, q and p (N, 2 bodies) in the order
   * x_0, y_0, x_1, ...
   */
  static Var bodies(double t, Var q, Var p) {
    double attraction = Bodies.GRAVITY * Bodies.MASS * Bodies.MASS;
    Var energy = scale(Columns.sum(square(p)), 1 / (2 * Bodies.MASS));
    for (int i = 0; i < q.shape().dim(1); i += 2) {
      for (int j = 0; j < i; j += 2) {
        energy = sub(energy, scale(reciprocal(distance(q, i, j)), attraction));
      }
    }
    return energy;
  }

  private static Var distance(Var q, int i, int j) {
    Var dx = sub(column(q, i), column(q, j));
    Var dy = sub(column(q, i + 1), column(q, j + 1));
    return sqrt(add(square(dx), square(dy)));
  }
}
