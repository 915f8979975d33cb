package hgn.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** The differences between two configurations. */
final class ConfigChanges {
  private final List<String> free;
  private final List<String> changes = new ArrayList<>();

  private ConfigChanges(List<String> free) {
    this.free = free;
  }

  /** Returns the keys outside {@code free} that differ, as {@code "key (was old, now new)"}. */
  static List<String> between(Record before, Record after, List<String> free) {
    return between(ConfigBinder.tree(before), after, free);
  }

  /** As above, with the tree of all keys before. */
  static List<String> between(ObjectNode before, Record after, List<String> free) {
    ConfigChanges all = new ConfigChanges(free);
    all.compare("", reread(before), tree(after));
    return all.changes;
  }

  static JsonNode tree(Record config) {
    return reread(ConfigBinder.tree(config));
  }

  /** Writes and reparses a tree, so that equal settings become equal nodes. */
  private static JsonNode reread(ObjectNode tree) {
    return Yaml.read(Yaml.write(tree), "configuration");
  }

  static String text(JsonNode value) {
    return value.isContainerNode() ? value.toString() : value.asText();
  }

  private void compare(String path, JsonNode before, JsonNode after) {
    if (before.isObject()) {
      before
          .properties()
          .forEach(
              entry ->
                  compare(
                      path.isEmpty() ? entry.getKey() : path + "." + entry.getKey(),
                      entry.getValue(),
                      after.path(entry.getKey())));
    } else if (!before.equals(after) && !free.contains(path)) {
      changes.add(path + " (was " + text(before) + ", now " + text(after) + ")");
    }
  }
}
