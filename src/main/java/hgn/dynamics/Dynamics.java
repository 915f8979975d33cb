package hgn.dynamics;

import java.util.List;

/** Moves states on in time. */
@FunctionalInterface
public interface Dynamics {
  /**
   * A motion.
   *
   * @param count number of states, the first being {@code start}
   * @param dt time between states; negative to go backward
   */
  List<PhaseState> rollout(PhaseState start, int count, double dt);
}
