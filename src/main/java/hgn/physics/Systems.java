package hgn.physics;

import hgn.text.Hints;
import java.util.List;

/** The systems that can be asked for by name. */
public final class Systems {
  private static final List<PhysicalSystem> ALL = List.of(new MassSpring(), new Pendulum());

  private Systems() {}

  /** Every system, in the order of the paper's tables. */
  public static List<PhysicalSystem> all() {
    return ALL;
  }

  /**
   * The system called {@code name}.
   *
   * @throws IllegalArgumentException if there is none; the message names the nearest name and all
   *     valid ones
   */
  public static PhysicalSystem byName(String name) {
    for (PhysicalSystem system : ALL) {
      if (system.name().equals(name)) {
        return system;
      }
    }
    List<String> names = ALL.stream().map(PhysicalSystem::name).toList();
    throw new IllegalArgumentException(
        "[physics] system: '%s' is unknown; did you mean '%s'? Valid: %s"
            .formatted(name, Hints.nearest(String.valueOf(name), names), String.join(", ", names)));
  }
}
