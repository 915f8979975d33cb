package hgn.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keys in which several configurations differ. */
public final class ConfigDifferences {
  private final Map<String, List<String>> values = new LinkedHashMap<>();

  private ConfigDifferences() {}

  /** Each key whose value is not the same in all, in the order of the keys, and its values. */
  public static Map<String, List<String>> of(List<Config> configs) {
    ConfigDifferences found = new ConfigDifferences();
    found.compare("", configs.stream().map(ConfigChanges::tree).toList());
    return found.values;
  }

  private void compare(String path, List<JsonNode> nodes) {
    if (nodes.get(0).isObject()) {
      for (Map.Entry<String, JsonNode> entry : nodes.get(0).properties()) {
        String here = path.isEmpty() ? entry.getKey() : path + "." + entry.getKey();
        compare(here, nodes.stream().map(node -> node.path(entry.getKey())).toList());
      }
    } else if (nodes.stream().distinct().count() > 1) {
      values.put(path, nodes.stream().map(ConfigChanges::text).toList());
    }
  }
}
