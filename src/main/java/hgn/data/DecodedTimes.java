package hgn.data;

import hgn.random.Philox;
import hgn.random.Streams;
import java.util.stream.IntStream;

/**
 * Which frames of a window a training step decodes, chosen at random in each step.
 *
 * <p>Training may start with frames near the inferred one and widen its horizon: at step s the
 * decoded times lie within a fraction min(1, (s + 1) / widening) of the window. A motion that fits
 * a short time is easier to find and then to extend. The horizon widens forward first and then
 * backward; with two bodies this escaped a plateau on which widening in both directions at once got
 * stuck.
 *
 * @param count frames to decode; 0 for all
 * @param row whether the frames are consecutive; otherwise they are spread over the window
 * @param widening steps until the horizon covers the whole window; 0 if it does from the first step
 */
public record DecodedTimes(int count, boolean row, long widening) {
  /** {@code count} frames spread over the whole window; 0 for all. */
  static DecodedTimes spread(int count) {
    return new DecodedTimes(count, false, 0);
  }

  /**
   * Checks the number of frames to decode.
   *
   * @throws IllegalArgumentException if the window has fewer frames
   */
  void requireIn(Window window) {
    if (count < 0 || count > window.times()) {
      throw new IllegalArgumentException(
          "[batches] "
              + count
              + " frames to decode of "
              + window.times()
              + "; use 0 for all, or fewer");
    }
  }

  /** Returns the times of a step, ascending, in frames relative to the inferred one. */
  int[] at(long step, Window window, long seed) {
    int decoded = count == 0 ? window.times() : count;
    double share = widening == 0 ? 1 : Math.min(1, (step + 1.0) / widening);
    int within = Math.max(decoded, (int) Math.round(share * window.times()));
    int first = Math.max(window.firstTime(), Math.min(0, window.ahead() + 1 - within));
    double[] random = new double[row ? 1 : decoded];
    Philox.uniform(seed, Streams.TIMES.at(step), random);
    return row ? rowOf(decoded, first, within, random[0]) : spread(decoded, first, within, random);
  }

  /** Consecutive times with a random start. */
  private static int[] rowOf(int decoded, int first, int within, double random) {
    int start = first + (int) (random * (within - decoded + 1));
    return IntStream.range(start, start + decoded).toArray();
  }

  /** One random time from each of {@code decoded} equal intervals. */
  private static int[] spread(int decoded, int first, int within, double[] random) {
    int[] times = new int[decoded];
    for (int i = 0; i < decoded; i++) {
      int from = i * within / decoded;
      int to = (i + 1) * within / decoded;
      times[i] = first + from + (int) (random[i] * (to - from));
    }
    return times;
  }
}
