package hgn.peer;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** Hamilton's leapfrog, see {@link hgn.dynamics.Leapfrog}. */
final class TorchLeapfrog {
  private final TorchEnergy energy;
  private final Scalar dt;
  private final Scalar half;

  /**
   * A rollout.
   *
   * @param positions q of every state, the first one included
   * @param momentum p of the last state
   */
  record Motion(List<Tensor> positions, Tensor momentum) {
    /** q of the last state. */
    Tensor position() {
      return positions.get(positions.size() - 1);
    }
  }

  TorchLeapfrog(TorchEnergy energy, double dt) {
    this.energy = energy;
    this.dt = new Scalar(dt);
    this.half = new Scalar(dt / 2);
  }

  /** {@code count} states, of which the first is (q, p). */
  Motion rollout(Tensor q, Tensor p, int count) {
    List<Tensor> positions = new ArrayList<>(List.of(q));
    Tensor momentum = p;
    for (int i = 1; i < count; i++) {
      Tensor position = positions.get(i - 1);
      Tensor kicked = kick(position, momentum);
      Tensor next = Scope.only(() -> position.add(energy.dHdp(position, kicked), dt));
      momentum = kick(next, kicked);
      positions.add(next);
    }
    return new Motion(positions, momentum);
  }

  private Tensor kick(Tensor q, Tensor p) {
    return Scope.only(() -> p.sub(energy.dHdq(q, p), half));
  }
}
