package hgn.floor;

import hgn.frames.Renderer;
import hgn.physics.PhysicalSystem;
import hgn.random.PhiloxRandom;

/** Renders frames of noisy coordinates. Not thread-safe. */
final class NoisyFrameRenderer {
  private final PhysicalSystem system;
  private final Renderer renderer;
  private final double sigma;
  private final double[] q;
  private final float[] scene;
  private final float[] frame;

  NoisyFrameRenderer(FloorSettings settings) {
    this.system = settings.rollouts().system();
    this.renderer = settings.rollouts().renderer();
    this.sigma = settings.sigma();
    this.q = new double[system.degreesOfFreedom()];
    this.scene = new float[renderer.sceneLength(system)];
    this.frame = new float[renderer.frameLength()];
  }

  int frameLength() {
    return frame.length;
  }

  /** Renders {@code path[at ..]} without noise. The returned array is reused. */
  float[] draw(double[] path, int at) {
    System.arraycopy(path, at, q, 0, q.length);
    return draw();
  }

  /** Renders {@code path[at ..]} with noise. The returned array is reused. */
  float[] draw(double[] path, int at, PhiloxRandom rng) {
    for (int i = 0; i < q.length; i++) {
      q[i] = path[at + i] + sigma * rng.nextGaussian();
    }
    return draw();
  }

  private float[] draw() {
    renderer.describe(system, q, scene, 0);
    renderer.draw(scene, frame, 0);
    return frame;
  }
}
