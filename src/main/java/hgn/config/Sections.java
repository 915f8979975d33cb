package hgn.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** Turns keys with dots into sections: {@code train.batch: 4} is {@code train: {batch: 4}}. */
final class Sections {
  private final String source;

  /**
   * Creates it.
   *
   * @param source where the keys come from, for error messages
   */
  Sections(String source) {
    this.source = source;
  }

  /**
   * Returns a tree whose keys have no dots.
   *
   * @throws ConfigException if a key is given twice
   */
  ObjectNode of(ObjectNode tree) {
    ObjectNode sections = Yaml.emptyTree();
    add("", tree, sections);
    return sections;
  }

  private void add(String path, ObjectNode from, ObjectNode into) {
    for (Map.Entry<String, JsonNode> entry : from.properties()) {
      String[] keys = entry.getKey().split("\\.", -1);
      String here = path;
      ObjectNode section = into;
      for (int i = 0; i < keys.length - 1; i++) {
        here += keys[i] + ".";
        section = section(here, section, keys[i]);
      }
      put(here, section, keys[keys.length - 1], entry.getValue());
    }
  }

  private void put(String path, ObjectNode section, String key, JsonNode value) {
    if (value instanceof ObjectNode beneath) {
      add(path + key + ".", beneath, section(path + key + ".", section, key));
    } else if (section.has(key)) {
      throw twice(path + key);
    } else {
      section.set(key, value);
    }
  }

  private ObjectNode section(String path, ObjectNode in, String key) {
    JsonNode there = in.get(key);
    if (there == null) {
      return in.putObject(key);
    }
    if (there instanceof ObjectNode section) {
      return section;
    }
    throw twice(path.substring(0, path.length() - 1));
  }

  private ConfigException twice(String key) {
    return new ConfigException(source + ": " + key + " is given twice; leave one of them out");
  }
}
