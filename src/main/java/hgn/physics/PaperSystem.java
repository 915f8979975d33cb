package hgn.physics;

/** A system of the paper, with its setting and its printed form. */
abstract class PaperSystem implements PhysicalSystem {
  private final Setting setting;
  private final int degreesOfFreedom;

  PaperSystem(Setting setting, int degreesOfFreedom) {
    this.setting = setting;
    this.degreesOfFreedom = degreesOfFreedom;
  }

  /**
   * Returns the printed form, or this system itself if the paper prints it correctly.
   *
   * @throws IllegalArgumentException if the printed form cannot be integrated
   */
  abstract PhysicalSystem printed();

  @Override
  public final PhysicalSystem asPrinted() {
    return setting.isPrinted() ? this : printed();
  }

  @Override
  public final String name() {
    return setting.name();
  }

  @Override
  public final int degreesOfFreedom() {
    return degreesOfFreedom;
  }

  @Override
  public final double noise() {
    return setting.noise();
  }

  @Override
  public final double minRadius() {
    return setting.minRadius();
  }

  @Override
  public final double maxRadius() {
    return setting.maxRadius();
  }

  @Override
  public final double worldHalfWidth() {
    return setting.worldHalfWidth();
  }
}
