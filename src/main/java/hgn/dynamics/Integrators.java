package hgn.dynamics;

import java.util.List;
import java.util.stream.Collectors;

/** The integrators by name. */
public final class Integrators {
  private static final List<Integrator> ALL =
      List.of(
          new Euler(),
          new RungeKutta4(),
          new Leapfrog(),
          new Yoshida4(),
          new ImplicitMidpoint(),
          new StormerVerlet(),
          new Tao(),
          new PublishedLeapfrog(),
          new PublishedYoshida(),
          new PublishedRungeKutta4());

  private Integrators() {}

  /** All integrators. */
  public static List<Integrator> all() {
    return ALL;
  }

  /**
   * Returns the integrator of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Integrator named(String name) {
    return ALL.stream()
        .filter(integrator -> integrator.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no integrator is called '"
                        + name
                        + "'; there are "
                        + ALL.stream().map(Integrator::name).collect(Collectors.joining(", "))));
  }
}
