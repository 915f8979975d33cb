package hgn.nhf;

import static hgn.autograd.ops.Arithmetic.add;
import static hgn.autograd.ops.Arithmetic.scale;
import static hgn.autograd.ops.Arithmetic.sub;

import hgn.autograd.Var;

/**
 * The motion of one energy H(q, p) = K(p) + V(q), in leapfrog steps: half a kick p - dt/2 V'(q), a
 * drift q + dt K'(p), half a kick. Each of these is a shear of phase space, so the determinant of
 * the Jacobian is 1. Steps with -dt undo steps with dt.
 */
final class NhfLeapfrog {
  private final NhfEnergy kinetic;
  private final NhfEnergy potential;
  private final int steps;

  NhfLeapfrog(NhfEnergy kinetic, NhfEnergy potential, int steps) {
    this.kinetic = kinetic;
    this.potential = potential;
    this.steps = steps;
  }

  /** Returns the state after all steps of {@code dt}, which may be negative. */
  NhfState apply(NhfState from, double dt) {
    Var q = from.q();
    Var kick = scale(potential.slope(q), dt / 2);
    Var p = from.p();
    for (int step = 0; step < steps; step++) {
      p = sub(p, kick);
      q = add(q, scale(kinetic.slope(p), dt));
      kick =
          scale(
              potential.slope(q), dt / 2); // the last kick of this step, and the first of the next
      p = sub(p, kick);
    }
    return new NhfState(q, p);
  }
}
