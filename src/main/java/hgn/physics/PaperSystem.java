package hgn.physics;

/** A system of the paper: its setting in one place, and its printed form beside the correct one. */
abstract class PaperSystem implements PhysicalSystem {
  private final Setting setting;
  private final int degreesOfFreedom;

  PaperSystem(Setting setting, int degreesOfFreedom) {
    this.setting = setting;
    this.degreesOfFreedom = degreesOfFreedom;
  }

  /**
   * The printed form; this system itself where the paper prints what is correct.
   *
   * @throws IllegalArgumentException if that cannot be integrated
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
