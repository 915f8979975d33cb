package hgn.dynamics;

import hgn.autograd.Var;
import java.util.Optional;

/** An energy function of phase space, learnt or analytic, on the tape. */
@FunctionalInterface
public interface Hamiltonian {
  /** H(q, p) for each sample of the batch, shape (N). */
  Var energy(Var q, Var p);

  /**
   * Returns this energy in the form that rollout kernels take, with its current parameters.
   *
   * @throws UnsupportedOperationException if it has no such form, see {@link #whyNoKernelForm}
   */
  default KernelForm kernelForm() {
    throw new UnsupportedOperationException("[rollout] " + whyNoKernelForm().orElse("no form"));
  }

  /** Why there is no {@link #kernelForm}; empty if there is one. */
  default Optional<String> whyNoKernelForm() {
    return Optional.of("the energy is not one network of convolutions of q and p");
  }
}
