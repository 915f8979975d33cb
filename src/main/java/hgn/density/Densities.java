package hgn.density;

import hgn.text.Hints;
import java.util.List;

/** The densities by name. */
public final class Densities {
  private static final List<Density> ALL =
      List.of(new GaussianMixture(8, 2, 0.3), new Rings(1, 2.2, 0.15), new Moons(2, 0.2));

  private Densities() {}

  /** All of them. */
  public static List<Density> all() {
    return ALL;
  }

  /** Their names. */
  public static List<String> names() {
    return ALL.stream().map(Density::name).toList();
  }

  /**
   * The density of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Density byName(String name) {
    return ALL.stream()
        .filter(density -> density.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    ("density '" + name + "' is unknown, the nearest is '")
                        + (Hints.nearest(name, names()) + "'; there are ")
                        + String.join(", ", names())));
  }
}
