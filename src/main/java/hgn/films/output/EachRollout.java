package hgn.films.output;

import hgn.frames.RolloutGenerator;
import java.util.stream.IntStream;

/** Writes each rollout to its own file or folder, in parallel. */
abstract class EachRollout implements RolloutWriter {
  private static final int AT_ONCE = 64;

  @Override
  public final void write(RolloutGenerator rollouts, int count, Listener listener) {
    for (int first = 0, end; first < count; first = end) {
      end = first + Math.min(AT_ONCE, count - first);
      IntStream.range(first, end)
          .parallel()
          .forEach(
              n -> {
                float[] film = new float[rollouts.rolloutLength()];
                rollouts.render(n, film, 0);
                write("rollout-" + Numbered.of(n, 5), film, rollouts);
              });
      listener.written(end);
    }
  }

  /**
   * Writes a rollout.
   *
   * @param film (T, size, size, 3)
   * @param like generator of the rollout
   */
  abstract void write(String name, float[] film, RolloutGenerator like);
}
