package hgn.benchmarks;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Holds a few benchmarks to the shares that they once reached.
 *
 * <p>Shares are parts of what the machine can do in the same minute, so that a slower machine
 * passes as well as a fast one. What falls short is run again, and the best run counts: noise only
 * ever takes away.
 */
final class Guard {
  /** A share may fall to this part of its baseline. */
  static final double LEAST = 0.75;

  private static final int RUNS = 5;

  /** Runs of which the middle one makes a baseline. */
  private static final int TYPICAL = 3;

  /**
   * What is guarded.
   *
   * @param type class of benchmarks
   * @param fixed parameters that have these values only
   */
  private record Guarded(Class<? extends Workload> type, Map<String, String[]> fixed) {
    boolean has(String reading) {
      String name = Suite.name(type.getSimpleName());
      return reading.equals(name) || reading.startsWith(name + " ");
    }
  }

  /** One benchmark for each way in which the code can get slower. */
  private static final List<Guarded> SUBSET =
      List.of(
          new Guarded(ConvolutionBenchmark.class, only("layer", "96x32 64-64 k3")),
          new Guarded(UpsampledConvolutionBenchmark.class, only("size", "16")),
          new Guarded(EncoderBenchmark.class, Map.of()),
          new Guarded(RolloutBenchmark.class, only("integrator", "leapfrog")),
          new Guarded(RolloutGradientBenchmark.class, only("integrator", "leapfrog")),
          new Guarded(AdamBenchmark.class, Map.of()),
          new Guarded(
              FramesBenchmark.class,
              Map.of(
                  "system", new String[] {"mass-spring"},
                  "renderer", new String[] {"published"})),
          new Guarded(TapeBenchmark.class, Map.of()),
          new Guarded(BackwardBenchmark.class, Map.of()));

  private final Suite suite;

  Guard(Suite suite) {
    this.suite = suite;
  }

  private static Map<String, String[]> only(String parameter, String value) {
    return Map.of(parameter, new String[] {value});
  }

  /** The guarded benchmarks, each once. */
  Map<String, Reading> measure() {
    Map<String, Reading> readings = new LinkedHashMap<>();
    SUBSET.forEach(part -> readings.putAll(suite.of(part.type(), part.fixed())));
    return readings;
  }

  /** What the guarded benchmarks usually reach: of a few runs, the middle one of each. */
  Map<String, Reading> typical() {
    List<Map<String, Reading>> runs = new ArrayList<>();
    for (int run = 0; run < TYPICAL; run++) {
      runs.add(measure());
    }
    Map<String, Reading> typical = new LinkedHashMap<>();
    for (String name : runs.get(0).keySet()) {
      typical.put(
          name,
          runs.stream()
              .map(run -> run.get(name))
              .sorted(Comparator.comparingDouble(Reading::share))
              .toList()
              .get(TYPICAL / 2));
    }
    return typical;
  }

  /** What was found of one benchmark. */
  record Finding(String name, double baseline, double share) {
    boolean passed() {
      return share >= LEAST * baseline;
    }
  }

  /**
   * Measures, and again what falls short.
   *
   * @param baseline shares by name
   * @return a finding for each guarded benchmark that has a baseline
   */
  List<Finding> check(Map<String, Double> baseline) {
    Map<String, Reading> best = measure();
    for (int run = 1; run < RUNS; run++) {
      for (Guarded part : SUBSET) {
        if (!passes(part, best, baseline)) {
          suite
              .of(part.type(), part.fixed())
              .forEach((name, again) -> best.merge(name, again, Reading::better));
        }
      }
    }
    return findings(best, baseline);
  }

  private static boolean passes(
      Guarded part, Map<String, Reading> readings, Map<String, Double> baseline) {
    return findings(readings, baseline).stream()
        .filter(finding -> part.has(finding.name()))
        .allMatch(Finding::passed);
  }

  private static List<Finding> findings(
      Map<String, Reading> readings, Map<String, Double> baseline) {
    List<Finding> findings = new ArrayList<>();
    readings.forEach(
        (name, reading) -> {
          if (baseline.containsKey(name)) {
            findings.add(new Finding(name, baseline.get(name), reading.share()));
          }
        });
    return findings;
  }
}
