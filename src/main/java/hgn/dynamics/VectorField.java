package hgn.dynamics;

import hgn.autograd.Gradients;
import hgn.autograd.Tape;
import hgn.autograd.Var;
import hgn.autograd.ops.Arithmetic;
import hgn.autograd.ops.Reductions;
import hgn.tensor.Arena;
import java.util.ArrayList;
import java.util.List;

/**
 * The partial derivatives of an energy at a point, themselves differentiable while the tape
 * records.
 *
 * <p>They are taken with respect to new nodes rather than q and p themselves. Otherwise, if an
 * integrator has computed p from q, the derivative with respect to q would include that dependence
 * and be a total one instead of the partial one of Hamilton's equations.
 */
public final class VectorField {
  private final Hamiltonian hamiltonian;

  /** The field of this energy. */
  public VectorField(Hamiltonian hamiltonian) {
    this.hamiltonian = hamiltonian;
  }

  /** dH/dq at (q, p), of the shape of q. */
  public Var dHdq(Var q, Var p) {
    return partials(q, p, true, false).get(0);
  }

  /** dH/dp at (q, p), of the shape of p. */
  public Var dHdp(Var q, Var p) {
    return partials(q, p, false, true).get(0);
  }

  /** dH/dq and dH/dp at a state. */
  public PhaseState both(PhaseState s) {
    List<Var> partials = partials(s.q(), s.p(), true, true);
    return new PhaseState(partials.get(0), partials.get(1));
  }

  private List<Var> partials(Var q, Var p, boolean wantQ, boolean wantP) {
    if (Tape.isRecording()) {
      return gradients(q, p, wantQ, wantP, true);
    }
    try (Arena scratch = Arena.open("energy gradient");
        Tape.Mode on = Tape.resume()) {
      List<Var> partials = gradients(q, p, wantQ, wantP, false);
      partials.forEach(partial -> scratch.keep(partial.value()));
      return partials;
    }
  }

  private List<Var> gradients(Var q, Var p, boolean wantQ, boolean wantP, boolean createGraph) {
    Var atQ = wantQ ? node(q) : q;
    Var atP = wantP ? node(p) : p;
    List<Var> wanted = new ArrayList<>(2);
    if (wantQ) {
      wanted.add(atQ);
    }
    if (wantP) {
      wanted.add(atP);
    }
    return Gradients.orZero(Reductions.sum(hamiltonian.energy(atQ, atP)), wanted, createGraph);
  }

  private static Var node(Var x) {
    return x.isDifferentiable() ? Arithmetic.identity(x) : Var.leaf(x.value());
  }
}
