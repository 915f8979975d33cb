package hgn.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Converts trees to records and back. A record is a section; its components are the keys, written
 * in kebab-case. {@link Range} and {@link OneOf} on a component restrict its values.
 */
final class ConfigBinder {
  private ConfigBinder() {}

  /**
   * Checks the keys and values present in {@code tree}. Keys may be missing.
   *
   * @throws ConfigException naming the first unknown key or disallowed value
   */
  static void check(JsonNode tree, Class<? extends Record> root) {
    check(root, tree, root, "");
  }

  private static void check(
      Class<? extends Record> root, JsonNode tree, Class<? extends Record> section, String path) {
    if (!tree.isObject()) {
      throw new ConfigException(
          (path.isEmpty() ? "the configuration" : path)
              + (": '" + tree.asText() + "' is not a section; write its keys beneath it: ")
              + String.join(", ", keys(section)));
    }
    for (Map.Entry<String, JsonNode> entry : tree.properties()) {
      String here = join(path, entry.getKey());
      RecordComponent component = component(section, entry.getKey());
      if (component == null) {
        throw new ConfigException(
            ("unknown key '" + here + "'; the nearest valid key is '")
                + (KeyHints.nearest(root, path, entry.getKey()) + "'"));
      }
      if (isSection(component)) {
        check(root, entry.getValue(), component.getType().asSubclass(Record.class), here);
      } else {
        ConfigValue.parse(here, entry.getValue(), component);
      }
    }
  }

  /**
   * Builds a record from a tree that has all keys.
   *
   * @throws ConfigException if a key is missing or unknown, or a value is not allowed
   */
  static <T extends Record> T bind(JsonNode tree, Class<T> section, String path) {
    RecordComponent[] components = section.getRecordComponents();
    Object[] values = new Object[components.length];
    for (int i = 0; i < values.length; i++) {
      String key = key(components[i]);
      JsonNode value = tree.path(key);
      values[i] =
          isSection(components[i])
              ? bind(value, components[i].getType().asSubclass(Record.class), join(path, key))
              : ConfigValue.parse(join(path, key), value, components[i]);
    }
    return construct(section, components, values);
  }

  private static <T extends Record> T construct(
      Class<T> section, RecordComponent[] components, Object[] values) {
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Constructor<T> constructor = section.getDeclaredConstructor(types);
      return constructor.newInstance(values);
    } catch (InvocationTargetException thrown) {
      if (thrown.getCause() instanceof ConfigException refused) {
        throw refused;
      }
      throw new IllegalStateException("[config] " + section + " cannot be made", thrown);
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException("[config] " + section + " cannot be made", impossible);
    }
  }

  /** Returns a record as a tree with all keys. */
  static ObjectNode tree(Record section) {
    ObjectNode tree = Yaml.emptyTree();
    for (RecordComponent component : section.getClass().getRecordComponents()) {
      Object value = value(section, component);
      String key = key(component);
      if (value instanceof Written written) {
        tree.set(key, Yaml.read(written.toString(), key));
      } else if (value instanceof Record record) {
        tree.set(key, tree(record));
      } else {
        tree.putPOJO(key, value);
      }
    }
    return tree;
  }

  private static Object value(Record section, RecordComponent component) {
    try {
      return component.getAccessor().invoke(section);
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException("[config] cannot read " + component, impossible);
    }
  }

  /** Keys of a section, in the order of the record. */
  static List<String> keys(Class<? extends Record> section) {
    return Arrays.stream(section.getRecordComponents()).map(ConfigBinder::key).toList();
  }

  /** Full paths of all leaf keys in a section at {@code path}. */
  static List<String> paths(Class<? extends Record> section, String path) {
    List<String> paths = new ArrayList<>();
    for (RecordComponent component : section.getRecordComponents()) {
      String here = join(path, key(component));
      if (isSection(component)) {
        paths.addAll(paths(component.getType().asSubclass(Record.class), here));
      } else {
        paths.add(here);
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
    return component.getType().isRecord() && !Written.class.isAssignableFrom(component.getType());
  }

  private static String key(RecordComponent component) {
    return component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  private static String join(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
