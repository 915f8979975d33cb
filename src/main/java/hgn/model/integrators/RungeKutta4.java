package hgn.model.integrators;

import hgn.tensor.RolloutProgram;
import hgn.tensor.RolloutProgram.Stage;
import java.util.List;

/**
 * The classical Runge-Kutta method of order 4: slopes at the start, twice at half the step and once
 * at the whole of it, weighted 1, 2, 2, 1. Not symplectic.
 */
public final class RungeKutta4 implements Programmed {
  @Override
  public String name() {
    return "rk4";
  }

  @Override
  public int order() {
    return 4;
  }

  @Override
  public int separableOrder() {
    return 4;
  }

  @Override
  public Energies symplectic() {
    return Energies.NONE;
  }

  @Override
  public Energies reversible() {
    return Energies.NONE;
  }

  @Override
  public RolloutProgram program() {
    return new RolloutProgram.Stages(
        List.of(
            new Stage(0, 1.0 / 6),
            new Stage(0.5, 1.0 / 3),
            new Stage(0.5, 1.0 / 3),
            new Stage(1, 1.0 / 6)));
  }
}
