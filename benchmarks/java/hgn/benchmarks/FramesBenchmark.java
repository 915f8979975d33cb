package hgn.benchmarks;

import hgn.frames.Renderers;
import hgn.frames.RolloutGenerator;
import hgn.frames.Split;
import hgn.physics.Systems;
import hgn.tensor.Backend;
import org.openjdk.jmh.annotations.Param;

/**
 * Guards the making of training data on one core: motion, noise and pictures of 100 rollouts of 34
 * frames, 32x32.
 *
 * <p>You should see thousands of rollouts a second; bytes are those of the finished pictures, and
 * the ceiling is a copy. Workload: the training set of each system, by each renderer. Run it with
 * {@code java -jar target/benchmarks.jar --only Frames}.
 */
public class FramesBenchmark extends Workload {
  private static final int ROLLOUTS = 100;
  private static final int FRAMES = 34;
  private static final int RESOLUTION = 32;
  private static final double DT = 0.125;

  /** Its name in configurations; the suite runs all that there are. */
  @Param("mass-spring")
  public String system;

  /** Its name in configurations. */
  @Param({"published", "smooth"})
  public String renderer;

  @Override
  Task prepare(Backend on) {
    RolloutGenerator rollouts =
        new RolloutGenerator(
            Systems.byName(system),
            Renderers.byName(renderer, RESOLUTION),
            FRAMES,
            DT,
            0,
            Split.TRAIN);
    float[] film = new float[rollouts.rolloutLength()];
    Runnable work =
        () -> {
          for (int index = 0; index < ROLLOUTS; index++) {
            rollouts.render(index, film, 0);
          }
        };
    return new Task(work, (double) ROLLOUTS * film.length * Float.BYTES, Ceiling.MEMORY)
        .checkedBy(() -> requireDisc(film));
  }

  private static void requireDisc(float[] film) {
    for (float value : film) {
      if (value != film[0] && value >= 0 && value <= 1) {
        return;
      }
    }
    throw new IllegalStateException("[benchmarks] the film is empty");
  }
}
