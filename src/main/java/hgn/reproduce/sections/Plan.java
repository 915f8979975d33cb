package hgn.reproduce.sections;

import hgn.physics.Systems;
import hgn.reproduce.Budget;
import hgn.reproduce.Training;
import hgn.reproduce.Variant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Defines the trainings for tables and figures by name, so that sections can share them.
 *
 * @param budget compute budget
 * @param device backend
 * @param seeds number of seeds per kind of training; 0 for the budget's default
 * @param more settings of every training, which override all others
 */
public record Plan(Budget budget, String device, int seeds, List<String> more) {
  public Plan {
    more = List.copyOf(more);
  }

  /** The trainings of a variant on a system, one per seed. */
  public List<Training> trainings(Variant variant, String system) {
    return trainings(variant, system, "", List.of());
  }

  /** The trainings of a variant on every system. */
  List<Training> onEachSystem(Variant variant) {
    return Systems.all().stream()
        .flatMap(system -> trainings(variant, system.name()).stream())
        .toList();
  }

  /**
   * As {@link #trainings(Variant, String)}, with additional settings.
   *
   * @param suffix suffix of the runs' names
   */
  public List<Training> trainings(
      Variant variant, String system, String suffix, List<String> extra) {
    int count = seeds == 0 ? budget.seeds(variant, extra.isEmpty()) : seeds;
    return IntStream.rangeClosed(1, count)
        .mapToObj(seed -> training(variant, system, suffix, extra, seed))
        .toList();
  }

  private Training training(
      Variant variant, String system, String suffix, List<String> extra, int seed) {
    List<String> settings = new ArrayList<>(budget.settings(variant, system, extra.isEmpty()));
    settings.add("engine.backend=" + device);
    settings.add("train.seed=" + seed);
    settings.addAll(variant.settings());
    settings.addAll(extra);
    settings.addAll(more);
    String name = system + "-" + variant.key() + suffix + (seed == 1 ? "" : "-seed" + seed);
    return new Training(name, settings);
  }
}
