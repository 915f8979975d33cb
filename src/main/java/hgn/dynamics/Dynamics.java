package hgn.dynamics;

import java.util.List;

/** Advances states in time. */
@FunctionalInterface
public interface Dynamics {
  /**
   * Returns the states of a motion.
   *
   * @param count number of states, the first being {@code start}
   * @param dt time between states; negative to go backward
   */
  List<PhaseState> rollout(PhaseState start, int count, double dt);
}
