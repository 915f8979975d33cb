package hgn.dynamics;

import hgn.tensor.RolloutProgram;

/**
 * The Runge-Kutta method as in the published code of the reproduction study: {@link RungeKutta4}
 * with the last slope at half the step instead of its end. The weighted mean time of the slopes is
 * then 5/12 of a step instead of 1/2, so the order is 1.
 */
public final class PublishedRungeKutta4 implements KernelIntegrator {
  @Override
  public IntegratorTraits traits() {
    return new IntegratorTraits("published-rk4", 1, 1, EnergyKind.NONE, EnergyKind.NONE);
  }

  @Override
  public RolloutProgram program() {
    return RungeKutta4.stages(0.5);
  }
}
