package hgn.dynamics;

import java.util.Optional;

/**
 * An integrator whose step solves equations by iterating a {@link hgn.autograd.custom.FixedPoint}
 * until it converges. Since the number of iterations varies, the step cannot be recorded and
 * replayed.
 */
public interface ImplicitIntegrator extends Integrator {
  @Override
  default Optional<String> whyNotFused() {
    return Optional.of("it iterates until it converges, which no kernel does");
  }
}
