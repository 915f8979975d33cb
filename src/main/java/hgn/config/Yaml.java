package hgn.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;

/** Parses and writes YAML. */
final class Yaml {
  private static final YAMLMapper MAPPER =
      YAMLMapper.builder(
              new PlainYaml(
                  YAMLFactory.builder()
                      .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                      .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)))
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Yaml() {}

  static ObjectNode emptyTree() {
    return MAPPER.createObjectNode();
  }

  /**
   * Parses text. Each word is a text node, whatever it looks like; a key with dots, such as {@code
   * train.batch}, is the key of a section, as on the command line.
   *
   * @param source where the text comes from, for error messages
   */
  static JsonNode read(String text, String source) {
    JsonNode tree = asWritten(text, source);
    return tree instanceof ObjectNode section ? new Sections(source).of(section) : tree;
  }

  /** As {@link #read}, with keys as they are written. */
  static JsonNode asWritten(String text, String source) {
    try {
      JsonNode tree = MAPPER.readTree(new StringReader(text));
      return tree == null ? MAPPER.missingNode() : tree;
    } catch (JsonProcessingException error) {
      throw new ConfigException(source + where(error) + ": not valid YAML: " + problem(error));
    } catch (IOException impossible) {
      throw new UncheckedIOException("[config] a text cannot be read", impossible);
    }
  }

  private static String where(JsonProcessingException error) {
    JsonLocation at = error.getLocation();
    return at == null ? "" : ", line " + at.getLineNr() + ", column " + at.getColumnNr();
  }

  /** The parser's message without the excerpt of the source and the parser's own classes. */
  private static String problem(JsonProcessingException error) {
    return error.getOriginalMessage().replaceAll("(?s)\\R? *in 'reader'.*|, got this.*", "");
  }

  static String write(ObjectNode tree) {
    try {
      return MAPPER.writeValueAsString(tree);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("[config] cannot be written as YAML", impossible);
    }
  }
}
