package hgn.tensor;

import java.util.List;

/**
 * One step of an integrator of Hamilton's equations as a list of evaluations of dH. All numbers are
 * in units of the step size dt.
 */
public sealed interface RolloutProgram {
  /** Evaluations of dH in a step. */
  int evaluations();

  /**
   * A splitting method: each move updates one half of the state, starting from the result of the
   * previous move.
   */
  record Splitting(List<Move> moves) implements RolloutProgram {
    /** Checks that there is at least one move. */
    public Splitting {
      moves = List.copyOf(requireSome(moves));
    }

    @Override
    public int evaluations() {
      return moves.size();
    }
  }

  /**
   * A kick, p -= factor dt dH/dq, or a drift, q += factor dt dH/dp; then q += glide dt p, which
   * needs no evaluation.
   *
   * @param kick whether the move is a kick
   * @param factor fraction of the step
   * @param glide fraction of the step by which q then moves along p, as if H were |p|^2/2
   */
  record Move(boolean kick, double factor, double glide) {
    /** A kick. */
    public static Move kick(double factor) {
      return new Move(true, factor, 0);
    }

    /** A drift. */
    public static Move drift(double factor) {
      return new Move(false, factor, 0);
    }

    /** Returns this move followed by a glide. */
    public Move thenGlide(double part) {
      return new Move(kick, factor, part);
    }
  }

  /**
   * A Runge-Kutta method whose stages each depend on the slope of the previous stage only: s_i = s
   * + reach_i dt k_{i-1} with k = (dH/dp, -dH/dq), and the step is s + dt sum weight_i k_i.
   */
  record Stages(List<Stage> stages) implements RolloutProgram {
    /** Checks that there is at least one stage and that the first has reach 0. */
    public Stages {
      stages = List.copyOf(requireSome(stages));
      if (stages.get(0).reach() != 0) {
        throw new IllegalArgumentException(
            "[rollout] the first stage reaches "
                + stages.get(0).reach()
                + ", but there is no slope yet; its reach must be 0");
      }
    }

    @Override
    public int evaluations() {
      return stages.size();
    }
  }

  /**
   * One stage.
   *
   * @param reach distance from the start along the slope of the previous stage
   * @param weight weight of the stage's slope in the step
   */
  record Stage(double reach, double weight) {}

  private static <T> List<T> requireSome(List<T> list) {
    if (list.isEmpty()) {
      throw new IllegalArgumentException("[rollout] a step needs at least one evaluation");
    }
    return list;
  }
}
