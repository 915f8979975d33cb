package hgn.model.integrators;

import hgn.tensor.RolloutProgram;
import java.util.List;

/** The explicit Euler method: q + dt dH/dp, p - dt dH/dq, both at (q, p). Not symplectic. */
public final class Euler implements Programmed {
  @Override
  public String name() {
    return "euler";
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
    return new RolloutProgram.Stages(List.of(new RolloutProgram.Stage(0, 1)));
  }
}
