package hgn.testing.golden;

import hgn.autograd.Gradients;
import hgn.autograd.Var;
import hgn.autograd.ops.Arithmetic;
import hgn.autograd.ops.Reductions;
import hgn.dynamics.EnergyKind;
import hgn.dynamics.Hamiltonian;
import hgn.dynamics.Integrator;
import hgn.dynamics.IntegratorTraits;
import hgn.dynamics.PhaseState;
import hgn.dynamics.VectorField;
import java.util.List;
import java.util.Optional;

/**
 * What the published program actually computed for its leapfrog: it differentiated H at the nodes q
 * and p themselves, and from the second step on p = p½ - dt/2 dH/dq(q, p½) had been computed from
 * q. The derivative included this dependence, so that a step's first force is the total derivative
 *
 * <pre>  -dH/dq(q, p) + dt/2 d²H/dq²(q, p½) dH/dp(q, p)</pre>
 *
 * <p>with p½ of the previous step. This is not a function of the state alone, so not a Hamiltonian
 * flow. It only occurs while the tape is recording.
 */
public final class LeakingLeapfrog implements Integrator {
  private Hamiltonian hamiltonian;

  public LeakingLeapfrog() {}

  public LeakingLeapfrog(Hamiltonian hamiltonian) {
    this.hamiltonian = hamiltonian;
  }

  public void follow(Hamiltonian energy) {
    hamiltonian = energy;
  }

  @Override
  public IntegratorTraits traits() {
    return new IntegratorTraits("leaking-leapfrog", 0, 0, EnergyKind.NONE, EnergyKind.NONE);
  }

  @Override
  public int evaluations() {
    return 2;
  }

  @Override
  public Optional<String> whyNotFused() {
    return Optional.of("its forces depend on how the state was computed");
  }

  @Override
  public PhaseState step(VectorField field, PhaseState state, double dt) {
    Var total =
        Gradients.of(
                Reductions.sum(hamiltonian.energy(state.q(), state.p())), List.of(state.q()), true)
            .get(0);
    Var half = moved(state.p(), -dt / 2, total);
    Var q = moved(state.q(), dt, half);
    return new PhaseState(q, moved(half, -dt / 2, partial(q, half)));
  }

  /** dH/dq at a node q that is newer than p and that nothing else refers to yet. */
  private Var partial(Var q, Var p) {
    return Gradients.of(Reductions.sum(hamiltonian.energy(q, p)), List.of(q), true).get(0);
  }

  private static Var moved(Var x, double factor, Var slope) {
    return Arithmetic.add(x, Arithmetic.scale(slope, factor));
  }
}
