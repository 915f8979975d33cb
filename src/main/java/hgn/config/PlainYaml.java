package hgn.config;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.ObjectCodec;
import com.fasterxml.jackson.core.io.IOContext;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactoryBuilder;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.Reader;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.ScalarEvent;

/**
 * YAML whose words stay as they are written. YAML 1.1 would turn {@code 010} into eight, {@code
 * 0x10} into sixteen and {@code no} into false; here the reader of each setting decides what its
 * word means. Only {@code null}, {@code ~} and nothing at all stand for no value.
 *
 * <p>Aliases, merge keys and tags of types are refused: with them a file would say something else
 * than it shows.
 */
final class PlainYaml extends YAMLFactory {
  private static final long serialVersionUID = 1;

  PlainYaml(YAMLFactoryBuilder builder) {
    super(builder);
  }

  @Override
  protected YAMLParser _createParser(Reader in, IOContext context) {
    return new Words(
        context, _parserFeatures, _yamlParserFeatures, _loaderOptions, _objectCodec, in);
  }

  private static final class Words extends YAMLParser {
    private static final String CORE = "tag:yaml.org,2002:";
    private static final Set<String> PLAIN_TAGS =
        Set.of(
            "!",
            CORE + "str",
            CORE + "int",
            CORE + "float",
            CORE + "bool",
            CORE + "seq",
            CORE + "map");

    Words(
        IOContext context,
        int json,
        int yaml,
        LoaderOptions options,
        ObjectCodec codec,
        Reader in) {
      super(context, json, yaml, options, codec, in);
    }

    @Override
    public JsonToken nextToken() throws IOException {
      JsonToken token = super.nextToken();
      if (isCurrentAlias()) {
        throw refused("the alias *" + getText() + " is not followed; write out what it stands for");
      }
      if (token == JsonToken.FIELD_NAME && getText().equals("<<")) {
        throw refused("the merge key << is not followed; write out the keys");
      }
      if (token != null
          && token.isStructStart()
          && _lastEvent instanceof CollectionStartEvent start) {
        requirePlain(start.getTag());
      }
      return token;
    }

    @Override
    protected JsonToken _decodeScalar(ScalarEvent scalar) throws IOException {
      requirePlain(scalar.getTag());
      String word = scalar.getValue();
      boolean absent = scalar.isPlain() && (word.isEmpty() || word.matches("~|null|Null|NULL"));
      _textValue = word;
      _cleanedTextValue = null;
      return absent ? JsonToken.VALUE_NULL : JsonToken.VALUE_STRING;
    }

    private void requirePlain(String tag) throws JsonParseException {
      if (tag != null && !PLAIN_TAGS.contains(tag)) {
        throw refused("the tag " + tag.replace(CORE, "!!") + " is not followed; leave it out");
      }
    }

    private JsonParseException refused(String problem) {
      return new JsonParseException(this, problem, currentTokenLocation());
    }
  }
}
