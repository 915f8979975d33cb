package hgn.mechanics;

import static hgn.autograd.ops.Arithmetic.add;
import static hgn.autograd.ops.Arithmetic.mul;
import static hgn.autograd.ops.Arithmetic.scale;
import static hgn.autograd.ops.Arithmetic.sub;
import static hgn.autograd.ops.Functions.square;
import static hgn.mechanics.Columns.column;

import hgn.autograd.Var;

/**
 * A star in the middle of a galaxy, after Henon and Heiles: H = (|p|^2 + x^2 + y^2) / 2 + x^2 y -
 * y^3 / 3, bounded below H = 1/6. It shows everything that a user-defined system has to define.
 */
public final class HenonHeiles extends TapeSystem {
  /** H on the tape; the equations of motion follow from it. */
  @Override
  public Var energy(double t, Var q, Var p) {
    Var x = column(q, 0);
    Var y = column(q, 1);
    Var harmonic = scale(add(Columns.sum(square(p)), Columns.sum(square(q))), 0.5);
    Var bent = mul(y, sub(square(x), scale(square(y), 1.0 / 3)));
    return add(harmonic, bent);
  }

  @Override
  public int degreesOfFreedom() {
    return 2;
  }

  @Override
  public double minRadius() {
    return 0.2;
  }

  /** (q_i, p_i) start on circles of this radius: H is 0.35^2 + 2/3 0.35^3 = 0.15 at most. */
  @Override
  public double maxRadius() {
    return 0.35;
  }

  @Override
  public double worldHalfWidth() {
    return 1.2;
  }

  @Override
  public int bodies() {
    return 1;
  }

  @Override
  public void centres(double[] q, double[] xy) {
    xy[0] = q[0];
    xy[1] = q[1];
  }

  @Override
  public double bodyRadius(int body) {
    return 0.2;
  }
}
