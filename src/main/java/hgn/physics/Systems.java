package hgn.physics;

import java.util.Comparator;
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
    String nearest =
        names.stream()
            .min(Comparator.comparingInt(known -> editDistance(known, String.valueOf(name))))
            .orElseThrow();
    throw new IllegalArgumentException(
        "[physics] system: '%s' is unknown; did you mean '%s'? Valid: %s"
            .formatted(name, nearest, String.join(", ", names)));
  }

  /**
   * Levenshtein distance: fewest insertions, deletions and replacements that turn {@code a} into
   * {@code b}.
   */
  private static int editDistance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
