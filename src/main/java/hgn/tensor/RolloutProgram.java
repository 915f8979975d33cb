package hgn.tensor;

import java.util.List;

/**
 * One step of an integrator of Hamilton's equations, told as a list of evaluations of dH. All
 * numbers are in units of the step dt.
 */
public sealed interface RolloutProgram {
  /** Evaluations of dH in a step. */
  int evaluations();

  /** Moves of one half of the state at a time, each at where the last one has led. */
  record Splitting(List<Move> moves) implements RolloutProgram {
    /** Checks that there is a move. */
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
   * @param kick whether it is a kick
   * @param factor part of the step
   * @param glide part of the step for which q then moves along p, as if H were |p|^2/2
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

    /** This move with a glide behind it. */
    public Move thenGlide(double part) {
      return new Move(kick, factor, part);
    }
  }

  /**
   * A Runge-Kutta method each stage of which starts from the slope of the stage before it alone:
   * s_i = s + reach_i dt k_{i-1} with k = (dH/dp, -dH/dq), and the step is s + dt sum weight_i k_i.
   */
  record Stages(List<Stage> stages) implements RolloutProgram {
    /** Checks that there is a stage and the first is at the start. */
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
   * @param reach how far from the start, along the slope of the stage before
   * @param weight of its slope in the step
   */
  record Stage(double reach, double weight) {}

  private static <T> List<T> requireSome(List<T> list) {
    if (list.isEmpty()) {
      throw new IllegalArgumentException("[rollout] a step needs at least one evaluation");
    }
    return list;
  }
}
