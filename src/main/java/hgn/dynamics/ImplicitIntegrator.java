package hgn.dynamics;

import java.util.Optional;

/**
 * An integrator whose step solves equations, by as many iterations of a {@link
 * hgn.autograd.custom.FixedPoint} as it takes. Work that depends on that many cannot be recorded
 * once and repeated.
 */
public interface ImplicitIntegrator extends Integrator {
  @Override
  default Optional<String> whyComposed() {
    return Optional.of("it iterates until it converges, which no kernel does");
  }
}
