package hgn.loss;

import hgn.autograd.Var;
import hgn.autograd.ops.Layout;
import hgn.data.Window;
import hgn.dynamics.Trajectory;
import hgn.model.Hgn;
import java.util.Arrays;
import java.util.List;

/**
 * How far a step follows the motion from the inferred state on, and where in it a time lies: the
 * states from the inferred one on come first, then those from it backward.
 *
 * @param ahead steps forward
 * @param back steps backward
 */
public record DecodeSpan(int ahead, int back) {
  /** As far as these times need, which ascend. */
  public static DecodeSpan to(int[] times) {
    return new DecodeSpan(Math.max(0, times[times.length - 1]), Math.max(0, -times[0]));
  }

  /** As far as any time of the window needs. */
  public static DecodeSpan to(Window window) {
    return new DecodeSpan(window.ahead(), -window.firstTime());
  }

  /** Whether so many times are all states there are, in their order. */
  boolean isAll(int times) {
    return back == 0 && times == ahead + 1;
  }

  /** Number of the state at each time. */
  double[] states(int[] times) {
    return Arrays.stream(times).mapToDouble(t -> t < 0 ? ahead + 1 - t : t).toArray();
  }

  /**
   * The positions q of all states, (states * N, height, width, channels).
   *
   * @param forward the states from the inferred one on
   */
  Var positions(Hgn model, Trajectory forward, double dt) {
    if (back == 0) {
      return forward.positions();
    }
    Trajectory backward = model.rollout(forward.get(0), back + 1, -dt);
    return Layout.concat(List.of(forward.positions(), backward.positions()), 0);
  }
}
