package hgn.testing;

import hgn.frames.Renderer;
import hgn.frames.RolloutGenerator;
import hgn.frames.Split;
import hgn.physics.PhysicalSystem;
import hgn.physics.Systems;

/**
 * Draws waves whose phase is the first coordinate into a small frame, so that the frame reveals the
 * state.
 */
public class FakeRenderer implements Renderer {
  private final int resolution;
  private final RuntimeException failure;

  public FakeRenderer(int resolution) {
    this(resolution, null);
  }

  /** A renderer that throws when it should draw. */
  public FakeRenderer(int resolution, RuntimeException failure) {
    this.resolution = resolution;
    this.failure = failure;
  }

  /** Rollouts of a spring, drawn by this renderer. */
  public RolloutGenerator rollouts(int frames, Split split) {
    return new RolloutGenerator(Systems.byName("mass-spring"), this, frames, 0.125, 5, split);
  }

  @Override
  public String name() {
    return "fake";
  }

  @Override
  public int resolution() {
    return resolution;
  }

  @Override
  public double background() {
    return 0.5;
  }

  @Override
  public int sceneLength(PhysicalSystem system) {
    return 1;
  }

  @Override
  public void describe(PhysicalSystem system, double[] q, float[] dst, int offset) {
    dst[offset] = (float) q[0];
  }

  @Override
  public void draw(float[] scene, float[] dst, int offset) {
    if (failure != null) {
      throw failure;
    }
    for (int i = 0; i < frameLength(); i++) {
      dst[offset + i] = (float) (0.5 + 0.4 * Math.sin(3 * scene[0] + i));
    }
  }
}
