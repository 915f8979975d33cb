package hgn.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.KebabCaseStrategy;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Converts trees to records and back. A record is a section; its components are the keys, written
 * in kebab-case. {@link Range} and {@link OneOf} on a component restrict its values.
 */
final class ConfigBinder {
  private static final KebabCaseStrategy KEYS = new KebabCaseStrategy();

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(KEYS)
          .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build();

  private ConfigBinder() {}

  /**
   * Checks the keys and values present in {@code tree}. Keys may be missing.
   *
   * @throws ConfigException naming the first unknown key or disallowed value
   */
  static ObjectNode checked(JsonNode tree, Class<? extends Record> root) {
    return checked(root, tree, root, "");
  }

  private static ObjectNode checked(
      Class<? extends Record> root, JsonNode tree, Class<? extends Record> section, String path) {
    if (tree.isNull()) {
      return MAPPER.createObjectNode(); // a section whose keys are all left out
    }
    if (!tree.isObject()) {
      throw new ConfigException(
          (path.isEmpty() ? "the configuration" : path)
              + (": '"
                  + ConfigChanges.text(tree)
                  + "' is not a section; write its keys beneath it: ")
              + String.join(", ", keys(section)));
    }
    ObjectNode checked = MAPPER.createObjectNode();
    for (Map.Entry<String, JsonNode> entry : tree.properties()) {
      String here = join(path, entry.getKey());
      RecordComponent component = component(section, entry.getKey());
      if (component == null) {
        throw new ConfigException(
            "unknown key '" + visible(here) + "'; " + KeyHints.of(root, path, entry.getKey()));
      }
      JsonNode value =
          isSection(component)
              ? checked(root, entry.getValue(), component.getType().asSubclass(Record.class), here)
              : MAPPER.valueToTree(ConfigValue.parse(here, entry.getValue(), component));
      checked.set(entry.getKey(), value);
    }
    return checked;
  }

  /** Shows letters that look like others, and those that cannot be seen. */
  private static String visible(String key) {
    return key.codePoints()
        .mapToObj(c -> c < 0x80 ? Character.toString(c) : String.format(Locale.ROOT, "\\u%04x", c))
        .collect(Collectors.joining());
  }

  /**
   * Builds a record from a tree that has all keys.
   *
   * @throws ConfigException if a key is missing or unknown, or a value is not allowed
   */
  static <T extends Record> T bind(ObjectNode checked, Class<T> root) {
    try {
      return MAPPER.treeToValue(checked, root);
    } catch (JsonProcessingException thrown) {
      if (thrown.getCause() instanceof ConfigException refused) {
        throw refused;
      }
      throw new IllegalStateException("[config] " + root + " cannot be made", thrown);
    }
  }

  /** The tree, with all keys, of a record. */
  static ObjectNode tree(Record root) {
    return MAPPER.valueToTree(root);
  }

  /** Keys of a section, in the order of the record. */
  static List<String> keys(Class<? extends Record> section) {
    return Arrays.stream(section.getRecordComponents()).map(ConfigBinder::key).toList();
  }

  /** Full paths of all keys in a section at {@code path}, those of sections before their keys. */
  static List<String> paths(Class<? extends Record> section, String path) {
    List<String> paths = new ArrayList<>();
    for (RecordComponent component : section.getRecordComponents()) {
      String here = join(path, key(component));
      paths.add(here);
      if (isSection(component)) {
        paths.addAll(paths(component.getType().asSubclass(Record.class), here));
      }
    }
    return paths;
  }

  private static RecordComponent component(Class<? extends Record> section, String key) {
    return Arrays.stream(section.getRecordComponents())
        .filter(component -> key(component).equals(key))
        .findFirst()
        .orElse(null);
  }

  private static boolean isSection(RecordComponent component) {
    return component.getType().isRecord()
        && !TextSetting.class.isAssignableFrom(component.getType());
  }

  private static String key(RecordComponent component) {
    return KEYS.translate(component.getName());
  }

  private static String join(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
