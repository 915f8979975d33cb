package hgn.evaluate;

import hgn.frames.Renderer;
import hgn.frames.Rollout;
import hgn.frames.RolloutGenerator;
import hgn.physics.PhysicalSystem;

/** Creates the templates of all bodies of a system, given the noise of its rollouts. */
final class DiscTemplates {
  /** Rollouts used to measure the noise. */
  private static final int ROLLOUTS = 16;

  /** Floats per disc in a scene, see {@link Renderer#describe}. */
  private static final int DISC = 6;

  private DiscTemplates() {}

  /** One set of templates per body, in drawing order. */
  static DiscTemplate[] of(RolloutGenerator rollouts) {
    Renderer renderer = rollouts.renderer();
    float[] scene = anyScene(rollouts);
    double[] noise = noise(rollouts);
    DiscTemplate[] looks = new DiscTemplate[rollouts.system().bodies()];
    for (int b = 0; b < looks.length; b++) {
      float[] alone = new float[DiscTemplate.COLOURS + DISC];
      System.arraycopy(scene, 0, alone, 0, DiscTemplate.COLOURS);
      System.arraycopy(scene, DiscTemplate.COLOURS + b * DISC, alone, DiscTemplate.COLOURS, DISC);
      looks[b] = new DiscTemplate(renderer, alone, noise[b]);
    }
    return looks;
  }

  /** The background's red, green and blue, from 0 to 1. */
  static float[] background(RolloutGenerator rollouts) {
    float[] scene = anyScene(rollouts);
    float[] background = new float[DiscTemplate.COLOURS];
    for (int c = 0; c < background.length; c++) {
      background[c] = scene[c] / 255;
    }
    return background;
  }

  private static float[] anyScene(RolloutGenerator rollouts) {
    PhysicalSystem system = rollouts.system();
    float[] scene = new float[rollouts.renderer().sceneLength(system)];
    double[] q = new double[system.degreesOfFreedom()];
    rollouts.path(0).readQ(0, q);
    rollouts.renderer().describe(system, q, scene, 0);
    return scene;
  }

  /** Root mean square displacement of each body by the noise, in pixels along each axis. */
  private static double[] noise(RolloutGenerator rollouts) {
    PhysicalSystem system = rollouts.system();
    double[] squares = new double[system.bodies()];
    double[] q = new double[system.degreesOfFreedom()];
    double[] truth = new double[2 * system.bodies()];
    double[] drawn = new double[2 * system.bodies()];
    double pixel = 2 * system.worldHalfWidth() / rollouts.renderer().resolution();
    for (int n = 0; n < ROLLOUTS; n++) {
      Rollout rollout = rollouts.generate(n);
      for (int t = 0; t < rollout.length(); t++) {
        rollout.path().readQ(t, q);
        system.centres(q, truth);
        rollout.drawn().readQ(t, q);
        system.centres(q, drawn);
        for (int i = 0; i < truth.length; i++) {
          double moved = (drawn[i] - truth[i]) / pixel;
          squares[i / 2] += moved * moved / (2.0 * ROLLOUTS * rollout.length());
        }
      }
    }
    double[] noise = new double[squares.length];
    for (int b = 0; b < noise.length; b++) {
      noise[b] = Math.sqrt(squares[b]);
    }
    return noise;
  }
}
