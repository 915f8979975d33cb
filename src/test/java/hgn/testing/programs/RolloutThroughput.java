package hgn.testing.programs;

import hgn.frames.PublishedRenderer;
import hgn.frames.Renderer;
import hgn.frames.RolloutGenerator;
import hgn.frames.SmoothRenderer;
import hgn.frames.Split;
import hgn.physics.PhysicalSystem;
import hgn.physics.Systems;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Locale;
import java.util.function.IntConsumer;

/**
 * Prints how many rollouts of 34 frames one thread draws per second of CPU time, and how many it
 * describes for a device to draw; a measurement to run by hand, not a test.
 */
public final class RolloutThroughput {
  private static final int ROLLOUTS = 5000;
  private static final int ROUNDS = 8;
  private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

  private RolloutThroughput() {}

  /** Best of several rounds, after JIT compilation. */
  public static void main(String[] args) {
    for (PhysicalSystem system : Systems.all()) {
      for (Renderer renderer : List.of(new PublishedRenderer(32), new SmoothRenderer(32))) {
        var generator = new RolloutGenerator(system, renderer, 34, 0.125, 1, Split.TRAIN);
        float[] film = new float[generator.rolloutLength()];
        System.out.printf(
            Locale.ROOT,
            "%s, %s: %.0f rollouts/s drawn, %.0f rollouts/s described%n",
            system.name(),
            renderer.name(),
            rate(index -> generator.render(index, film, 0)),
            rate(index -> generator.describe(index, film, 0)));
      }
    }
  }

  private static double rate(IntConsumer work) {
    double best = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long start = CLOCK.getCurrentThreadCpuTime();
      for (int i = 0; i < ROLLOUTS; i++) {
        work.accept(i);
      }
      best = Math.max(best, ROLLOUTS * 1e9 / (CLOCK.getCurrentThreadCpuTime() - start));
    }
    return best;
  }
}
