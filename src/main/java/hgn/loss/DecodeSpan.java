package hgn.loss;

import hgn.autograd.Var;
import hgn.autograd.ops.Layout;
import hgn.data.Window;
import hgn.dynamics.Trajectory;
import hgn.model.Hgn;
import java.util.Arrays;
import java.util.List;

/**
 * How far a training step integrates from the inferred state, and the index of the state at each
 * time. Forward states come first, then backward states.
 *
 * @param ahead steps forward
 * @param back steps backward
 */
public record DecodeSpan(int ahead, int back) {
  /** The span of these ascending times. */
  public static DecodeSpan to(int[] times) {
    return new DecodeSpan(Math.max(0, times[times.length - 1]), Math.max(0, -times[0]));
  }

  /** The span of all times of the window. */
  public static DecodeSpan to(Window window) {
    return new DecodeSpan(window.ahead(), -window.firstTime());
  }

  /** Whether {@code times} times select all states in order. */
  boolean isAll(int times) {
    return back == 0 && times == ahead + 1;
  }

  /** Index of the state at each time. */
  double[] states(int[] times) {
    return Arrays.stream(times).mapToDouble(t -> t < 0 ? ahead + 1 - t : t).toArray();
  }

  /**
   * The positions q of all states, (states * N, height, width, channels).
   *
   * @param forward states from the inferred one forward
   */
  Var positions(Hgn model, Trajectory forward, double dt) {
    if (back == 0) {
      return forward.positions();
    }
    Trajectory backward = model.rollout(forward.get(0), back + 1, -dt);
    return Layout.concat(List.of(forward.positions(), backward.positions()), 0);
  }
}
