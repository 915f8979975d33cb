package hgn.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** YAML files that name settings by their keys, such as {@code train.batch: 16}. */
public final class SettingsFile {
  private SettingsFile() {}

  /**
   * Reads a file, with keys as they are written.
   *
   * @throws ConfigException if it cannot be read or is no YAML with keys
   */
  public static ObjectNode read(Path file) {
    JsonNode tree = Yaml.asWritten(text(file, "check the path"), file.toString());
    if (tree instanceof ObjectNode keys) {
      return keys;
    }
    throw new ConfigException(file + ": it has no keys");
  }

  static String text(Path file, String remedy) {
    try {
      return Files.readString(file);
    } catch (CharacterCodingException error) {
      throw new ConfigException(file + ": not UTF-8 text; name a YAML file");
    } catch (IOException error) {
      throw new ConfigException(
          file + ": cannot be read (" + error.getClass().getSimpleName() + "); " + remedy);
    }
  }

  /**
   * The leaves of a tree by their paths, such as {@code train.batch}, whether these are written
   * with dots or as sections.
   *
   * @param source where the tree comes from, for messages
   * @throws ConfigException if one is given twice
   */
  public static Map<String, JsonNode> leaves(JsonNode tree, String source) {
    Map<String, JsonNode> leaves = new LinkedHashMap<>();
    add("", tree, leaves, source);
    return leaves;
  }

  private static void add(String path, JsonNode tree, Map<String, JsonNode> leaves, String source) {
    for (Map.Entry<String, JsonNode> entry : tree.properties()) {
      String here = path + entry.getKey();
      if (entry.getValue() instanceof ObjectNode section) {
        add(here + ".", section, leaves, source);
      } else if (leaves.put(here, entry.getValue()) != null) {
        throw new ConfigException(source + ": " + here + " is given twice; leave one of them out");
      }
    }
  }

  /** A setting as it is given to {@code --set}, whatever is in its value. */
  public static String setting(String key, String value) {
    boolean isPlain = value.matches("[A-Za-z0-9_.+/-]+") && !value.matches("~|null|Null|NULL");
    return key + "=" + (isPlain ? value : "'" + value.replace("'", "''") + "'");
  }
}
