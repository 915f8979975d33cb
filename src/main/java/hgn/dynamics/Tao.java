package hgn.dynamics;

import hgn.autograd.Var;
import hgn.autograd.ops.Arithmetic;
import java.util.Optional;

/**
 * Tao's explicit method for every H(q, p): two copies (q, p) and (x, y) of the state, coupled to
 * each other, move by
 *
 * <pre>  H(q, y) + H(x, p) + omega (|q - x|^2 + |p - y|^2)/2,</pre>
 *
 * <p>each term of which has an exact flow: A of H(q, y) moves p and x, B of H(x, p) moves q and y,
 * and C rotates (q - x, p - y) by the angle 2 omega dt and leaves q + x and p + y unchanged. A step
 * is A(dt/2) B(dt/2) C(dt) B(dt/2) A(dt/2) (Tao, Explicit symplectic approximation of nonseparable
 * Hamiltonians, Physical Review E 94, 043303, 2016), of order 2 and symmetric.
 *
 * <p>It is symplectic in the doubled phase space, with dq dp + dx dy. A rollout stays in that space
 * from start to end and returns the first copy. The map of (q, p) itself is not symplectic, but is
 * close to symplectic as long as the copies stay together.
 *
 * <p>With a weak coupling the copies separate on a chaotic motion; with a strong one the step is
 * unstable unless dt is small. On the double pendulum (8 of the paper's initial states, time 125)
 * the energy error is about 1.2 with omega from 1 to 4 at dt = 1/8, where 6 or more overflows; at
 * dt = 1/16 it is 1.0, 0.5 and 0.1 with omega = 4, 8 and 16. On a mass on a spring it hardly
 * matters: 0.009 with omega = 1, 0.011 with 4 and 0.015 with 16, at dt = 1/8. Hence {@link #OMEGA},
 * for steps of 1/8.
 */
public final class Tao implements Integrator {
  /** Strength of the coupling in the registered method, in radians per unit of time. */
  public static final double OMEGA = 4;

  private final double omega;

  /** The method with {@link #OMEGA}. */
  public Tao() {
    this(OMEGA);
  }

  /**
   * The method with a coupling of that strength.
   *
   * @throws IllegalArgumentException unless it is positive and finite
   */
  public Tao(double omega) {
    if (!(omega > 0) || Double.isInfinite(omega)) {
      throw new IllegalArgumentException(
          "[tao] omega is "
              + omega
              + "; the copies need a positive, finite coupling, such as "
              + OMEGA);
    }
    this.omega = omega;
  }

  @Override
  public IntegratorTraits traits() {
    return new IntegratorTraits("tao", 2, 2, EnergyKind.ALL, EnergyKind.ALL);
  }

  @Override
  public int evaluations() {
    return 4;
  }

  @Override
  public Optional<String> whyNotFused() {
    return Optional.of("it carries a second copy of the state, which no kernel does");
  }

  /** Returns both copies, concatenated along the batch. */
  @Override
  public PhaseState embed(PhaseState state) {
    return new PhaseState(
        BatchHalves.join(state.q(), state.q()), BatchHalves.join(state.p(), state.p()));
  }

  @Override
  public PhaseState project(PhaseState embedded) {
    return new PhaseState(BatchHalves.first(embedded.q()), BatchHalves.first(embedded.p()));
  }

  @Override
  public PhaseState step(VectorField field, PhaseState state, double dt) {
    Copies start =
        new Copies(
            BatchHalves.first(state.q()),
            BatchHalves.first(state.p()),
            BatchHalves.second(state.q()),
            BatchHalves.second(state.p()));
    Copies middle = start.underA(field, dt / 2).underB(field, dt / 2).turned(2 * omega * dt);
    Copies end = middle.underB(field, dt / 2).underA(field, dt / 2);
    return new PhaseState(BatchHalves.join(end.q, end.x), BatchHalves.join(end.p, end.y));
  }

  private record Copies(Var q, Var p, Var x, Var y) {
    Copies underA(VectorField field, double dt) {
      PhaseState dH = field.both(new PhaseState(q, y));
      return new Copies(
          q, ProgramStep.advance(p, -dt, dH.q()), ProgramStep.advance(x, dt, dH.p()), y);
    }

    Copies underB(VectorField field, double dt) {
      PhaseState dH = field.both(new PhaseState(x, p));
      return new Copies(
          ProgramStep.advance(q, dt, dH.p()), p, x, ProgramStep.advance(y, -dt, dH.q()));
    }

    /** Returns the copies with (q - x, p - y) rotated by an angle. */
    Copies turned(double angle) {
      Var apart = Arithmetic.sub(q, x);
      Var faster = Arithmetic.sub(p, y);
      double cos = (Math.cos(angle) - 1) / 2;
      double sin = Math.sin(angle) / 2;
      Var along = Arithmetic.add(Arithmetic.scale(apart, cos), Arithmetic.scale(faster, sin));
      Var across = Arithmetic.add(Arithmetic.scale(faster, cos), Arithmetic.scale(apart, -sin));
      return new Copies(
          Arithmetic.add(q, along),
          Arithmetic.add(p, across),
          Arithmetic.sub(x, along),
          Arithmetic.sub(y, across));
    }
  }
}
