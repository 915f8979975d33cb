package hgn.config;

import com.fasterxml.jackson.databind.JsonNode;
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
    ConfigChanges all = new ConfigChanges(free);
    all.compare("", tree(before), tree(after));
    return all.changes;
  }

  /** Writes and reparses the record, so that equal settings become equal nodes. */
  static JsonNode tree(Record config) {
    return Yaml.read(Yaml.write(ConfigBinder.tree(config)), "configuration");
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
