package hgn.frames;

import hgn.physics.PhysicalSystem;

/**
 * The frames on which the paper's tables were measured, bit for bit in float32: those of the
 * released code as of 2020-10-26. Bright colours on gray, blurred by {@link Blur#MEAN_OF_NINE}, and
 * systems {@linkplain PhysicalSystem#asInTable1 as they were then}.
 */
public final class Table1Renderer extends BlurredRenderer {
  static final String NAME = "table1";

  /** A renderer of {@code resolution} x {@code resolution} frames; the paper has 32. */
  public Table1Renderer(int resolution) {
    super(resolution, Palette.TABLE1, Blur.MEAN_OF_NINE);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public PhysicalSystem filmed(PhysicalSystem system) {
    return system.asInTable1();
  }
}
