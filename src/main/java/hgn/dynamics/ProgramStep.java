package hgn.dynamics;

import hgn.autograd.Var;
import hgn.autograd.ops.Arithmetic;
import hgn.tensor.RolloutProgram;
import hgn.tensor.RolloutProgram.Move;
import hgn.tensor.RolloutProgram.Splitting;
import hgn.tensor.RolloutProgram.Stage;
import hgn.tensor.RolloutProgram.Stages;

/** Runs an integrator's program for one step on the tape. */
final class ProgramStep {
  private ProgramStep() {}

  /** The state after {@code dt}. */
  static PhaseState run(RolloutProgram program, VectorField field, PhaseState state, double dt) {
    if (program instanceof Splitting splitting) {
      return split(splitting, field, state, dt);
    }
    return stages((Stages) program, field, state, dt);
  }

  private static PhaseState split(
      Splitting splitting, VectorField field, PhaseState state, double dt) {
    Var q = state.q();
    Var p = state.p();
    for (Move move : splitting.moves()) {
      if (move.kick()) {
        p = advance(p, -dt * move.factor(), field.dHdq(q, p));
      } else {
        q = advance(q, dt * move.factor(), field.dHdp(q, p));
      }
      if (move.glide() != 0) {
        q = advance(q, dt * move.glide(), p);
      }
    }
    return new PhaseState(q, p);
  }

  private static PhaseState stages(Stages method, VectorField field, PhaseState state, double dt) {
    PhaseState at = state;
    PhaseState sum = state;
    PhaseState slope = null;
    for (Stage stage : method.stages()) {
      if (slope != null) {
        at = along(state, slope, dt * stage.reach());
      }
      slope = field.both(at);
      sum = along(sum, slope, dt * stage.weight());
    }
    return sum;
  }

  /** The state moved along the flow of the partial derivatives {@code dH}. */
  static PhaseState along(PhaseState state, PhaseState dH, double dt) {
    return new PhaseState(advance(state.q(), dt, dH.p()), advance(state.p(), -dt, dH.q()));
  }

  /** x + factor slope. */
  static Var advance(Var x, double factor, Var slope) {
    return Arithmetic.add(x, Arithmetic.scale(slope, factor));
  }
}
