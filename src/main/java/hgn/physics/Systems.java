package hgn.physics;

import hgn.text.Hints;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The systems that can be asked for by name. */
public final class Systems {
  private static final List<PhysicalSystem> ALL =
      List.of(
          new MassSpring(),
          new Pendulum(),
          Bodies.two(),
          Bodies.three(),
          new DoublePendulum(),
          new DampedSpring());
  private static final List<PhysicalSystem> MISPRINTED =
      Stream.of(new Pendulum(), Bodies.two(), Bodies.three(), new DampedSpring())
          .map(PhysicalSystem::asPrinted)
          .toList();

  private Systems() {}

  /** Every system of the paper with its correct Hamiltonian, in the order of the paper's text. */
  public static List<PhysicalSystem> all() {
    return ALL;
  }

  /**
   * The systems that the paper misprints, with the printed Hamiltonian, where that can be
   * integrated.
   */
  public static List<PhysicalSystem> misprinted() {
    return MISPRINTED;
  }

  /**
   * Returns the system called {@code name}: one of {@link #all} or {@link #misprinted}, or, if the
   * name contains a dot, a new object of that class on the class path.
   *
   * @throws IllegalArgumentException if there is none; the message names the nearest name and all
   *     valid ones, or says what is wrong with the class
   */
  public static PhysicalSystem byName(String name) {
    if (name.indexOf('.') >= 0) {
      return UserSystem.load(name);
    }
    return Stream.concat(ALL.stream(), MISPRINTED.stream())
        .filter(system -> system.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(unknown(name)));
  }

  /**
   * The same, with the Hamiltonian that the paper prints if {@code asPrinted}.
   *
   * @throws IllegalArgumentException also if the paper prints none that can be integrated
   */
  public static PhysicalSystem byName(String name, boolean asPrinted) {
    PhysicalSystem system = byName(name);
    return asPrinted ? system.asPrinted() : system;
  }

  private static List<String> names() {
    return ALL.stream().map(PhysicalSystem::name).toList();
  }

  private static String unknown(String name) {
    return String.format(
        Locale.ROOT,
        "[physics] system: '%s' is unknown; did you mean '%s'? Valid: %s, or the class of your own",
        name,
        Hints.nearest(name, names()),
        String.join(", ", names()));
  }
}
