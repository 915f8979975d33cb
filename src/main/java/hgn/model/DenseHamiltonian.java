package hgn.model;

import hgn.autograd.Var;
import hgn.autograd.ops.Layout;
import hgn.dynamics.Hamiltonian;
import hgn.nn.Init;
import hgn.nn.Linear;
import hgn.nn.Parameters;
import hgn.tensor.Activation;
import hgn.tensor.Shape;
import java.util.List;

/** H(q, p) of one q and one p: dense layers of sizes 2, 200, 200, 1 with tanh in between. */
final class DenseHamiltonian implements Hamiltonian {
  private static final int HIDDEN = 200;

  private final Linear first;
  private final Linear second;
  private final Linear last;

  /** Adds the network {@code hamiltonian} to {@code parameters}. */
  DenseHamiltonian(Parameters parameters, Init init, double gain) {
    Activation tanh = Activation.TANH;
    first = new Linear(parameters, init, "hamiltonian.0", 2, HIDDEN, tanh, gain);
    second = new Linear(parameters, init, "hamiltonian.1", HIDDEN, HIDDEN, tanh, gain);
    last = new Linear(parameters, init, "hamiltonian.2", HIDDEN, 1, Activation.IDENTITY, gain);
  }

  /** q and p of shape (N,1) to (N). */
  @Override
  public Var energy(Var q, Var p) {
    Var h = last.apply(second.apply(first.apply(Layout.concat(List.of(q, p), 1))));
    return Layout.reshape(h, Shape.of(h.shape().dim(0)));
  }
}
