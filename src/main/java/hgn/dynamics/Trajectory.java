package hgn.dynamics;

import hgn.autograd.Var;
import hgn.autograd.ops.Layout;
import java.util.AbstractList;
import java.util.List;

/** The states of a motion in order of time, with access to all positions as one variable. */
public abstract class Trajectory extends AbstractList<PhaseState> {
  /**
   * The positions q of all states, (states * N, height, width, channels); all samples of the first
   * state come first.
   */
  public abstract Var positions();

  /** Returns these states as a trajectory; unchanged if they are one already. */
  public static Trajectory of(List<PhaseState> states) {
    return states instanceof Trajectory trajectory ? trajectory : new Sequence(states);
  }

  /** States in separate variables. */
  private static final class Sequence extends Trajectory {
    private final List<PhaseState> states;

    Sequence(List<PhaseState> states) {
      this.states = List.copyOf(states);
    }

    @Override
    public Var positions() {
      List<Var> all = states.stream().map(PhaseState::q).toList();
      return all.size() == 1 ? all.get(0) : Layout.concat(all, 0);
    }

    @Override
    public PhaseState get(int index) {
      return states.get(index);
    }

    @Override
    public int size() {
      return states.size();
    }
  }
}
