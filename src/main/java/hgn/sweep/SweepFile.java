package hgn.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hgn.config.ConfigException;
import hgn.config.ConfigLoader;
import hgn.config.SettingsFile;
import hgn.reproduce.Training;
import hgn.text.Decimal;
import hgn.text.Hints;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a sweep from a YAML file:
 *
 * <pre>
 * settings:                     # of every training
 *   data.system: pendulum
 * grid:                         # every combination
 *   train.learning-rate: [1e-3, 2e-3]
 *   model.integrator: [leapfrog, yoshida]
 * list:                         # and each of these, by name
 *   narrow: {train.batch: 8}
 *   wide: {train.batch: 32}
 * seeds: 3                      # 1, 2, 3; or a list
 * </pre>
 */
public final class SweepFile {
  private static final List<String> PARTS = List.of("settings", "grid", "list", "seeds");
  private static final String SEED = "train.seed";
  private static final String LIST = "list";

  /** A run's folder is named by it. */
  private static final int LONGEST_NAME = 100;

  /** As many as Slurm takes in a job array by default. */
  private static final int MOST_TASKS = 1000;

  private final Path file;
  private final List<String> common;

  /** Values of the varied keys, and what names them. */
  private record Choice(String name, Map<String, String> values) {
    static final Choice NONE = new Choice("", Map.of());

    Choice and(Choice more) {
      Map<String, String> all = new LinkedHashMap<>(values);
      all.putAll(more.values);
      String both = name.isEmpty() || more.name.isEmpty() ? "" : "-";
      return new Choice(name + both + more.name, all);
    }
  }

  private SweepFile(Path file, List<String> common) {
    this.file = file;
    this.common = common;
  }

  /**
   * Reads a file and checks every training's configuration.
   *
   * @param further settings of every training, {@code section.key=value}, which override the file's
   * @throws ConfigException if it is no sweep
   */
  public static Sweep read(Path file, List<String> further) {
    ObjectNode tree = SettingsFile.read(file);
    for (String part : tree.properties().stream().map(Map.Entry::getKey).toList()) {
      if (!PARTS.contains(part)) {
        throw new ConfigException(
            file
                + ": a sweep has no part '"
                + part
                + "', the nearest is '"
                + Hints.nearest(part, PARTS)
                + "'; its parts are "
                + String.join(", ", PARTS));
      }
    }
    List<String> common = new ArrayList<>();
    SweepFile reader = new SweepFile(file, common);
    SettingsFile.leaves(tree.path("settings"), file.toString())
        .forEach(
            (key, value) ->
                common.add(SettingsFile.setting(key, reader.word("settings." + key, value))));
    List<Choice> choices = reader.choices(tree);
    String name = file.getFileName().toString().replaceFirst("\\.ya?ml$", "");
    return new Sweep(name, reader.tasks(choices, further));
  }

  private List<Choice> choices(ObjectNode tree) {
    List<Choice> choices = List.of(Choice.NONE);
    if (tree.has(LIST)) {
      choices = combined(choices, listed(tree.path(LIST)));
    }
    for (Map.Entry<String, JsonNode> key :
        SettingsFile.leaves(tree.path("grid"), file.toString()).entrySet()) {
      choices = combined(choices, alternatives(key.getKey(), key.getValue()));
    }
    if (tree.has("seeds")) {
      choices = combined(choices, seeds(tree.path("seeds")));
    }
    if (choices.size() < 2) {
      throw new ConfigException(
          file + ": nothing is varied; give grid, list or seeds two values or more, or use train");
    }
    return choices;
  }

  private List<Choice> combined(List<Choice> left, List<Choice> right) {
    if ((long) left.size() * right.size() > MOST_TASKS) {
      throw new ConfigException(
          file + ": more than " + MOST_TASKS + " trainings; divide it into several sweeps");
    }
    return left.stream().flatMap(one -> right.stream().map(one::and)).toList();
  }

  private List<Choice> listed(JsonNode list) {
    List<Choice> choices = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : list.properties()) {
      Map<String, String> values = new LinkedHashMap<>();
      String path = "list." + entry.getKey();
      if (!(entry.getValue() instanceof ObjectNode settings)) {
        throw new ConfigException(
            file + ": " + path + " is to hold settings, such as {train.batch: 8}");
      }
      SettingsFile.leaves(settings, file.toString())
          .forEach((key, value) -> values.put(key, word(path + "." + key, value)));
      choices.add(new Choice(entry.getKey(), values));
    }
    if (choices.isEmpty()) {
      throw new ConfigException(file + ": list is to hold names with settings");
    }
    return choices;
  }

  private List<Choice> alternatives(String key, JsonNode values) {
    if (!(values instanceof ArrayNode) || values.isEmpty()) {
      throw new ConfigException(
          file + ": grid." + key + " is to be a list of values, such as [1, 2]");
    }
    String last = key.substring(key.lastIndexOf('.') + 1);
    List<Choice> choices = new ArrayList<>();
    for (JsonNode value : values) {
      String word = word("grid." + key, value);
      boolean tellsItself = Decimal.parseDouble(word).isEmpty() && !word.matches("true|false");
      choices.add(new Choice(tellsItself ? word : last + word, Map.of(key, word)));
    }
    return choices;
  }

  private List<Choice> seeds(JsonNode seeds) {
    List<String> words = new ArrayList<>();
    if (seeds instanceof ArrayNode) {
      seeds.forEach(seed -> words.add(word("seeds", seed)));
    } else {
      long count =
          Decimal.parseLong(word("seeds", seeds))
              .filter(number -> number >= 1 && number <= MOST_TASKS)
              .orElseThrow(
                  () ->
                      new ConfigException(
                          file
                              + ": seeds is to be a number from 1 to "
                              + MOST_TASKS
                              + ", or a list"));
      for (long seed = 1; seed <= count; seed++) {
        words.add(Long.toString(seed));
      }
    }
    return words.stream().map(seed -> new Choice("seed" + seed, Map.of(SEED, seed))).toList();
  }

  private String word(String path, JsonNode value) {
    if (!value.isValueNode() || value.isNull()) {
      throw new ConfigException(file + ": " + path + " is to be one value");
    }
    return value.asText();
  }

  private List<Sweep.Task> tasks(List<Choice> choices, List<String> further) {
    List<String> keys =
        choices.stream().flatMap(choice -> choice.values().keySet().stream()).distinct().toList();
    Map<String, Integer> names = new HashMap<>();
    List<Sweep.Task> tasks = new ArrayList<>();
    for (Choice choice : choices) {
      String name = choice.name().replaceAll("[^A-Za-z0-9._-]|^[.-]", "_");
      int number = tasks.size() + 1;
      Integer same = names.putIfAbsent(name, number);
      if (same != null) {
        throw new ConfigException(
            file
                + ": trainings "
                + same
                + " and "
                + number
                + " are both named "
                + name
                + "; leave one of them out");
      }
      if (name.length() > LONGEST_NAME) {
        throw new ConfigException(
            file
                + ": the name "
                + name
                + " is too long for a folder; give a list with short names");
      }
      tasks.add(task(name, choice, keys, further));
    }
    return List.copyOf(tasks);
  }

  private Sweep.Task task(String name, Choice choice, List<String> keys, List<String> further) {
    List<String> settings = new ArrayList<>(common);
    choice.values().forEach((key, value) -> settings.add(SettingsFile.setting(key, value)));
    settings.addAll(further);
    try {
      ConfigLoader.load(null, settings);
    } catch (ConfigException wrong) {
      throw new ConfigException(file + ": training " + name + ": " + wrong.getMessage());
    }
    Map<String, String> varied = new LinkedHashMap<>();
    keys.forEach(key -> varied.put(key, choice.values().getOrDefault(key, "-")));
    return new Sweep.Task(new Training(name, settings), varied);
  }
}
