package hgn.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Builds a {@link Config} from layers, each overriding those before it: built-in defaults; the
 * settings of the preset, of the preset for the system, of the family and of the dynamics; a file;
 * settings from the command line. Each layer is checked separately, so that an error message can
 * name its source.
 */
public final class ConfigLoader {
  private static final Logger LOG = LoggerFactory.getLogger(ConfigLoader.class);

  /** Files and the classes that they name, so that each is announced once. */
  private static final Set<String> ANNOUNCED = ConcurrentHashMap.newKeySet();

  private ConfigLoader() {}

  /**
   * Loads a configuration of training.
   *
   * @param file a YAML file, or null for none
   * @param settings {@code section.key=value}, as given to {@code --set}
   * @throws ConfigException if a file, a key or a value is invalid
   */
  public static Config load(Path file, List<String> settings) {
    return load(file, settings, List.of());
  }

  /**
   * As {@link #load(Path, List)}.
   *
   * @param found settings derived from the data; the file and {@code settings} override them
   */
  public static Config load(Path file, List<String> settings, List<String> found) {
    List<JsonNode> own = own(file, settings, Config.class);
    own.addAll(0, own(null, found, Config.class));
    if (!merged(defaults(), own).path("data").path("films").asText().isEmpty()) {
      own.add(0, parse("data.system=" + DataConfig.NONE));
    }
    ObjectNode defaults = defaults();
    JsonNode asked = merged(defaults, own);
    JsonNode model = asked.path("model");
    List<JsonNode> layers = new ArrayList<>();
    String preset = model.path("preset").asText();
    layers.add(resource(preset, Config.class));
    String onSystem = preset + "/" + asked.path("data").path("system").asText();
    if (ConfigLoader.class.getResource(path(onSystem)) != null) {
      layers.add(resource(onSystem, Config.class));
    }
    String family = model.path("family").asText();
    if (!family.equals(ModelConfig.HGN)) {
      layers.add(resource(family, Config.class));
    }
    if (model.path("dynamics").asText().equals(ModelConfig.DIRECT)) {
      layers.add(resource(ModelConfig.DIRECT, Config.class));
    }
    layers.addAll(own);
    return ConfigBinder.bind(merged(defaults, layers), Config.class);
  }

  /**
   * Loads the configuration of an existing run. Its file names all keys known at the time, so
   * presets do not apply. A newer key takes its built-in default, which reproduces the behaviour
   * before the key existed.
   *
   * @param file the configuration file that the run wrote
   * @param settings {@code section.key=value}; these override the file
   * @throws ConfigException if the file, a key or a value is invalid
   */
  public static Config ofRun(Path file, List<String> settings) {
    List<JsonNode> own = own(file, settings, Config.class);
    return ConfigBinder.bind(merged(defaults(), own), Config.class);
  }

  /**
   * The configuration that {@link Config#toYaml} has written.
   *
   * @param source where it is from, for messages
   * @throws ConfigException if a key or a value is invalid
   */
  public static Config ofText(String yaml, String source) {
    JsonNode own = checked(source, Yaml.read(yaml, source), Config.class);
    return ConfigBinder.bind(merged(defaults(), List.of(own)), Config.class);
  }

  /**
   * The keys that a resumed run may not change and whose values differ between a stored
   * configuration and another one, each with both values. Nothing that the stored one names is
   * loaded.
   *
   * @param yaml its text
   * @param source where it is from, for messages
   * @param now a {@link Config}, or the {@link NhfConfig} of a flow
   * @throws ConfigException if a key or a value is invalid
   */
  public static List<String> fixedChanges(String yaml, String source, Record now) {
    return changes(
        yaml, source, now, now instanceof NhfConfig ? NhfConfig.FREE_KEYS : Config.FREE_KEYS);
  }

  /**
   * As {@link #fixedChanges}, with other keys that may differ.
   *
   * @param free the keys that may
   */
  public static List<String> changes(String yaml, String source, Record now, List<String> free) {
    boolean isFlow = now instanceof NhfConfig;
    JsonNode stored = checked(source, Yaml.read(yaml, source), now.getClass());
    ObjectNode usual = isFlow ? resource("flow", NhfConfig.class) : defaults();
    return ConfigChanges.between(merged(usual, List.of(stored)), now, free);
  }

  private static ObjectNode defaults() {
    return resource("defaults", Config.class);
  }

  /**
   * Loads the configuration of a Neural Hamiltonian Flow. There are no presets, only defaults.
   *
   * @param file a YAML file, or null for none
   * @param settings {@code section.key=value}, as given to {@code --set}
   * @throws ConfigException if a file, a key or a value is invalid
   */
  public static NhfConfig loadFlow(Path file, List<String> settings) {
    List<JsonNode> own = own(file, settings, NhfConfig.class);
    ObjectNode defaults = resource("flow", NhfConfig.class);
    return ConfigBinder.bind(merged(defaults, own), NhfConfig.class);
  }

  /** The user's layers: the file, unless it is null, and each setting. */
  private static List<JsonNode> own(
      Path file, List<String> settings, Class<? extends Record> root) {
    List<JsonNode> own = new ArrayList<>();
    if (file != null) {
      JsonNode tree = checked(file.toString(), readFile(file), root);
      announceClass(file, tree.path("data").path("system").asText());
      own.add(tree);
    }
    for (String setting : settings) {
      own.add(checked("--set " + setting, parse(setting), root));
    }
    return own;
  }

  /** Says which class a file wants, before it is loaded: the file may be somebody else's. */
  private static void announceClass(Path file, String system) {
    if (Choices.isClass(system) && ANNOUNCED.add(file + ": " + system)) {
      LOG.warn(
          "{} names the class {} as its system; it is loaded from the class path", file, system);
    }
  }

  private static ObjectNode checked(String source, JsonNode tree, Class<? extends Record> root) {
    if (tree.isMissingNode() || tree.isNull() || (tree.isTextual() && tree.asText().isBlank())) {
      return Yaml.emptyTree(); // an empty file, or one of comments
    }
    try {
      return ConfigBinder.checked(tree, root);
    } catch (ConfigException wrong) {
      throw new ConfigException(source + ": " + wrong.getMessage());
    }
  }

  private static JsonNode readFile(Path file) {
    return Yaml.read(SettingsFile.text(file, "check the path given to --config"), file.toString());
  }

  private static ObjectNode parse(String setting) {
    int equals = setting.indexOf('=');
    String path = equals < 0 ? setting : setting.substring(0, equals).strip();
    String text = equals < 0 ? "" : setting.substring(equals + 1).strip();
    if (path.isEmpty() || text.isEmpty()) {
      throw new ConfigException(
          "--set " + setting + ": expected section.key=value, such as train.batch=16");
    }
    ObjectNode tree = Yaml.emptyTree();
    tree.set(path, Yaml.read(text, "--set " + setting));
    return new Sections("--set " + setting).of(tree);
  }

  private static ObjectNode resource(String name, Class<? extends Record> root) {
    String path = path(name);
    try (InputStream in = ConfigLoader.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("[config] the program lacks its file " + path);
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return checked(path, Yaml.read(text, path), root);
    } catch (IOException error) {
      throw new IllegalStateException("[config] cannot read " + path, error);
    }
  }

  private static String path(String name) {
    return "/presets/" + name + ".yaml";
  }

  private static ObjectNode merged(ObjectNode base, List<JsonNode> layers) {
    ObjectNode result = base.deepCopy();
    layers.forEach(layer -> merge(result, layer));
    return result;
  }

  private static void merge(ObjectNode into, JsonNode layer) {
    for (Map.Entry<String, JsonNode> entry : layer.properties()) {
      if (entry.getValue().isObject() && into.get(entry.getKey()) instanceof ObjectNode section) {
        merge(section, entry.getValue());
      } else {
        into.set(entry.getKey(), entry.getValue());
      }
    }
  }
}
