package hgn.dynamics;

import hgn.tensor.RolloutProgram;
import hgn.tensor.RolloutProgram.Stage;
import java.util.List;

/**
 * The classical Runge-Kutta method of order 4: one slope at the start, two at half the step and one
 * at its end, weighted 1, 2, 2, 1. Not symplectic.
 */
public final class RungeKutta4 implements KernelIntegrator {
  @Override
  public IntegratorTraits traits() {
    return new IntegratorTraits("rk4", 4, 4, EnergyKind.NONE, EnergyKind.NONE);
  }

  @Override
  public RolloutProgram program() {
    return stages(1);
  }

  /** The method with the last slope at fraction {@code last} of the step. */
  static RolloutProgram stages(double last) {
    return new RolloutProgram.Stages(
        List.of(
            new Stage(0, 1.0 / 6),
            new Stage(0.5, 1.0 / 3),
            new Stage(0.5, 1.0 / 3),
            new Stage(last, 1.0 / 6)));
  }
}
