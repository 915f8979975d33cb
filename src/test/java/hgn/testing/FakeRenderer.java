package hgn.testing;

import hgn.frames.Renderer;
import hgn.frames.RolloutGenerator;
import hgn.frames.Split;
import hgn.physics.PhysicalSystem;
import hgn.physics.Systems;

/**
 * Draws the first coordinate into every pixel of a small frame: waves whose phase it is, so that a
 * frame tells which state it shows.
 */
public class FakeRenderer implements Renderer {
  private final int resolution;
  private final RuntimeException failure;

  public FakeRenderer(int resolution) {
    this(resolution, null);
  }

  /** One that throws whenever it should draw. */
  public FakeRenderer(int resolution, RuntimeException failure) {
    this.resolution = resolution;
    this.failure = failure;
  }

  /** Rollouts of a spring, drawn by this. */
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
