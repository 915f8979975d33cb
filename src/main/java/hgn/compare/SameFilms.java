package hgn.compare;

import hgn.config.ConfigDifferences;
import hgn.data.Window;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether runs see the same test clips: the same films, and the same part of each. */
final class SameFilms {
  /** On these neither the films nor the part of them depends that is shown. */
  private static final Set<String> INDIFFERENT =
      Set.of(
          "data.films",
          "data.cache",
          "data.workers",
          "data.background",
          "data.train-rollouts",
          "data.test-rollouts");

  private static final Set<String> WINDOW =
      Set.of("model.frames-in", "model.frames-out", "model.infer");

  private SameFilms() {}

  /** Why the test clips of {@code run} are not those of {@code first}; empty if they are. */
  static String obstacle(ComparedRun first, ComparedRun run) {
    Map<String, List<String>> differences =
        ConfigDifferences.of(List.of(first.config(), run.config()));
    boolean sameWindow = Window.of(first.config().model()).equals(Window.of(run.config().model()));
    for (Map.Entry<String, List<String>> entry : differences.entrySet()) {
      String key = entry.getKey();
      boolean otherFilms = key.startsWith("data.") && !INDIFFERENT.contains(key);
      if (otherFilms || WINDOW.contains(key) && !sameWindow) {
        return (key + " is " + entry.getValue().get(1))
            + (", but " + entry.getValue().get(0) + " in " + first.label());
      }
    }
    return "";
  }
}
