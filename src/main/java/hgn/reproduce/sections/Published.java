package hgn.reproduce.sections;

import hgn.reproduce.Variant;
import java.util.Map;

/**
 * The published numbers of "[Re] Hamiltonian Generative Networks", and those of the original
 * authors cited there. Errors are mean squared errors per pixel times 10^4.
 */
final class Published {
  /**
   * Errors on both sets.
   *
   * @param train error on training rollouts
   * @param test error on test rollouts
   */
  record Errors(double train, double test) {}

  /** A row of Table 2: error, deviation of H along a rollout, and time for a batch of 16. */
  record Integration(double mse, double deviation, double seconds) {}

  private static final Map<String, Errors> PAPER =
      Map.ofEntries(
          entry(Variant.HNN, "mass-spring", 69.62, 69.61),
          entry(Variant.HNN, "pendulum", 125.12, 125.07),
          entry(Variant.HNN, "two-body", 48.50, 48.53),
          entry(Variant.HNN, "three-body", 57.77, 57.79),
          entry(Variant.HNN_CONV, "mass-spring", 69.25, 69.25),
          entry(Variant.HNN_CONV, "pendulum", 125.96, 125.93),
          entry(Variant.HNN_CONV, "two-body", 48.53, 48.55),
          entry(Variant.HNN_CONV, "three-body", 57.72, 57.74),
          entry(Variant.EULER, "mass-spring", 14.98, 14.96),
          entry(Variant.EULER, "pendulum", 17.65, 17.73),
          entry(Variant.EULER, "two-body", 7.44, 7.44),
          entry(Variant.EULER, "three-body", 12.21, 12.19),
          entry(Variant.DETERMINISTIC, "mass-spring", 10.13, 10.12),
          entry(Variant.DETERMINISTIC, "pendulum", 17.91, 17.96),
          entry(Variant.DETERMINISTIC, "two-body", 4.67, 4.68),
          entry(Variant.DETERMINISTIC, "three-body", 6.75, 6.76),
          entry(Variant.NO_TRANSFORMER, "mass-spring", 12.62, 12.60),
          entry(Variant.NO_TRANSFORMER, "pendulum", 15.57, 15.59),
          entry(Variant.NO_TRANSFORMER, "two-body", 8.62, 8.63),
          entry(Variant.NO_TRANSFORMER, "three-body", 8.78, 8.78),
          entry(Variant.LEAPFROG, "mass-spring", 11.17, 11.18),
          entry(Variant.LEAPFROG, "pendulum", 18.78, 18.84),
          entry(Variant.LEAPFROG, "two-body", 6.31, 6.31),
          entry(Variant.LEAPFROG, "three-body", 9.16, 9.18));

  private static final Map<String, Errors> ORIGINAL =
      Map.ofEntries(
          entry(Variant.EULER, "mass-spring", 3.67, 6.2),
          entry(Variant.EULER, "pendulum", 5.43, 10.93),
          entry(Variant.EULER, "two-body", 6.62, 15.06),
          entry(Variant.EULER, "three-body", 7.51, 9.4),
          entry(Variant.DETERMINISTIC, "mass-spring", 0.23, 3.07),
          entry(Variant.DETERMINISTIC, "pendulum", 0.79, 10.68),
          entry(Variant.DETERMINISTIC, "two-body", 2.34, 14.47),
          entry(Variant.DETERMINISTIC, "three-body", 4.1, 5.17),
          entry(Variant.NO_TRANSFORMER, "mass-spring", 4.95, 7.04),
          entry(Variant.NO_TRANSFORMER, "pendulum", 6.83, 13.98),
          entry(Variant.NO_TRANSFORMER, "two-body", 6.35, 16.49),
          entry(Variant.NO_TRANSFORMER, "three-body", 8.37, 10.41),
          entry(Variant.LEAPFROG, "mass-spring", 3.84, 6.23),
          entry(Variant.LEAPFROG, "pendulum", 4.9, 11.72),
          entry(Variant.LEAPFROG, "two-body", 6.36, 16.47),
          entry(Variant.LEAPFROG, "three-body", 7.88, 9.8));

  private static final Map<Variant, Integration> TABLE_2 =
      Map.of(
          Variant.EULER, new Integration(17.73, 23.09, 0.28),
          Variant.RK4, new Integration(34.38, 4.69, 1.61),
          Variant.LEAPFROG, new Integration(18.78, 10292, 0.71),
          Variant.YOSHIDA, new Integration(16.07, 6049, 1.26));

  private Published() {}

  private static Map.Entry<String, Errors> entry(
      Variant variant, String system, double train, double test) {
    return Map.entry(key(variant, system), new Errors(train, test));
  }

  private static String key(Variant variant, String system) {
    return variant + " " + system;
  }

  /** A cell of the paper's Table 1, or null if there is none. */
  static Errors paper(Variant variant, String system) {
    return PAPER.get(key(variant, system));
  }

  /** The error reported by the original authors, or null. */
  static Errors original(Variant variant, String system) {
    return ORIGINAL.get(key(variant, system));
  }

  /**
   * Test error of the paper's HGN (leapfrog) times 10^4, including the two systems outside Table 1.
   */
  static double leapfrog(String system) {
    return switch (system) {
      case "double-pendulum" -> 12;
      case "damped-spring" -> 11;
      default -> paper(Variant.LEAPFROG, system).test();
    };
  }

  /** The least test error of the paper's HGNs on a system of Table 1, times 10^4. */
  static double best(String system) {
    return Table1.VARIANTS.stream()
        .map(variant -> paper(variant, system))
        .mapToDouble(Errors::test)
        .min()
        .orElseThrow();
  }

  /** The values of a variant in the paper's Table 2, or null if there are none. */
  static Integration integration(Variant variant) {
    return TABLE_2.get(variant);
  }
}
