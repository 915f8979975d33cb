package hgn.model.integrators;

import hgn.tensor.RolloutProgram;
import hgn.tensor.RolloutProgram.Stage;
import java.util.List;

/**
 * The Runge-Kutta method as in the code that was published with the reproduction study: {@link
 * RungeKutta4} with the last slope at half the step instead of the whole of it. The slopes' times
 * then average 5/12 of a step instead of 1/2, so that its order is 1.
 */
public final class PublishedRungeKutta4 implements Programmed {
  @Override
  public String name() {
    return "published-rk4";
  }

  @Override
  public int order() {
    return 1;
  }

  @Override
  public int separableOrder() {
    return 1;
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
            new Stage(0.5, 1.0 / 6)));
  }
}
