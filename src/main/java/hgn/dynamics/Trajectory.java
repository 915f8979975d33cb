package hgn.dynamics;

import hgn.autograd.Var;
import hgn.autograd.ops.Layout;
import java.util.AbstractList;
import java.util.List;

/** The states of a motion, one after the other, whose positions are to be had together. */
public abstract class Trajectory extends AbstractList<PhaseState> {
  /** The positions q of all states, (states * N, height, width, channels), time before sample. */
  public abstract Var positions();

  /** These states; if they are a trajectory already, that one. */
  public static Trajectory of(List<PhaseState> states) {
    return states instanceof Trajectory trajectory ? trajectory : new Sequence(states);
  }

  /** States that lie apart. */
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
