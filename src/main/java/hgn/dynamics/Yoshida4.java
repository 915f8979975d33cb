package hgn.dynamics;

import hgn.tensor.RolloutProgram;
import java.util.stream.Stream;

/**
 * Yoshida's composition of three {@link Leapfrog} steps, of dt w1, dt w0 and dt w1 with w1 = 1/(2 -
 * 2^(1/3)) and w0 = 1 - 2 w1 (Yoshida 1990). Symplectic and of order 4 if H = T(p) + V(q); of order
 * 1 otherwise, like its leapfrog.
 */
public final class Yoshida4 implements KernelIntegrator {
  static final double W1 = 1 / (2 - Math.cbrt(2));
  static final double W0 = 1 - 2 * W1;

  @Override
  public IntegratorTraits traits() {
    return new IntegratorTraits("yoshida", 1, 4, EnergyKind.SEPARABLE, EnergyKind.SEPARABLE);
  }

  @Override
  public RolloutProgram program() {
    return new RolloutProgram.Splitting(
        Stream.of(W1, W0, W1).flatMap(part -> Leapfrog.moves(part).stream()).toList());
  }
}
