package hgn.dynamics;

import hgn.autograd.Var;
import hgn.autograd.ops.Layout;
import java.util.List;

/** Two variables of the same shape, concatenated along the batch. */
final class BatchHalves {
  private BatchHalves() {}

  static Var join(Var first, Var second) {
    return Layout.concat(List.of(first, second), 0);
  }

  static Var join(PhaseState state) {
    return join(state.q(), state.p());
  }

  static Var first(Var both) {
    return Layout.slice(both, 0, 0, both.shape().dim(0) / 2);
  }

  static Var second(Var both) {
    int half = both.shape().dim(0) / 2;
    return Layout.slice(both, 0, half, half);
  }

  static PhaseState of(Var both) {
    return new PhaseState(first(both), second(both));
  }
}
