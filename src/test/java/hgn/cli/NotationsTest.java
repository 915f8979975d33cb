package hgn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import hgn.cli.console.ExitCode;
import hgn.config.Config;
import hgn.config.ConfigException;
import hgn.config.ConfigLoader;
import hgn.testing.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A word means the same in an option, after --set and in a file. */
class NotationsTest {
  @TempDir Path folder;
  private final Console console = new Console();

  @ParameterizedTest
  @CsvSource({
    "010, 10",
    "0100, 100",
    "008, 8",
    "+5, 5",
    "-010, -10",
    "5., 5",
    "1e3, 1000",
    "5.0, 5",
    "1_000, 1000",
    "-0, 0"
  })
  void aWholeNumberIsDecimalEverywhere(String word, long seed) throws IOException {
    assertEquals(seed, ConfigLoader.load(null, List.of("train.seed=" + word)).train().seed());
    assertEquals(
        seed, ConfigLoader.load(file("train:\n  seed: " + word), List.of()).train().seed());
    assertEquals(
        seed, ConfigLoader.load(file("train.seed: '" + word + "'"), List.of()).train().seed());
    assertEquals(seed, ConfigLoader.loadFlow(null, List.of("train.seed=" + word)).train().seed());
    Path films = folder.resolve("films");
    console.succeed(
        "generate",
        "--system",
        "mass-spring",
        "--count",
        "01",
        "--frames",
        "2.",
        "--seed=" + word,
        "--out",
        films.toString());
    var written = new ObjectMapper().readTree(films.resolve("dataset.json").toFile());
    assertEquals(seed, written.path("seed").asLong(Long.MIN_VALUE), written.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0x10",
        "0o10",
        "0b11",
        "1:30",
        "1d",
        "NaN",
        ".inf",
        "Infinity",
        "٣",
        "2001-01-01",
        "yes",
        "1,000",
        "1.5",
        "9223372036854775808",
        "1e999999999"
      })
  void whatIsNoWholeNumberIsRefusedEverywhere(String word) throws IOException {
    Path file = file("train:\n  seed: " + word);
    for (String[] words :
        List.of(
            Console.train(List.of("train.seed=" + word), "--runs", folder.toString()),
            new String[] {"train", "--runs", folder.toString(), "--config", file.toString()},
            new String[] {
              "generate",
              "--system",
              "pendulum",
              "--count",
              "1",
              "--out",
              folder + "/x",
              "--seed",
              word
            },
            new String[] {"explore", folder.toString(), "--port", word})) {
      String line = console.fail(ExitCode.USAGE, words);
      assertTrue(line.matches(".*(is not a whole number|is out of range).*"), line);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0x1p3", "1d", "NaN", "Infinity", "1:30", "-", "0,5", "1e999"})
  void whatIsNoNumberIsRefusedEverywhere(String word) {
    String line = console.fail(ExitCode.USAGE, Console.train(List.of("data.dt=" + word)));
    assertTrue(line.matches(".*(is not a number|is out of range).*"), line);
    line =
        console.fail(
            ExitCode.USAGE,
            "generate",
            "--system",
            "pendulum",
            "--count",
            "1",
            "--out",
            folder + "/x",
            "--dt=" + word);
    assertTrue(
        line.contains("'" + word + "' is not a number") || line.contains("--dt NaN is out of"),
        line);
    line = console.fail(ExitCode.USAGE, Console.train(List.of("data.noise=" + word)));
    assertTrue(line.contains("is not a standard deviation"), line);
  }

  @ParameterizedTest
  @CsvSource({
    "true, true",
    "True, true",
    "TRUE, true",
    "yes, true",
    "on, true",
    "'''true''', true",
    "false, false",
    "No, false",
    "off, false"
  })
  void truthIsAWord(String word, boolean value) throws IOException {
    String key = "model.deterministic";
    assertEquals(value, ConfigLoader.load(null, List.of(key + "=" + word)).model().deterministic());
    Config config = ConfigLoader.load(file("model: {deterministic: " + word + "}"), List.of());
    assertEquals(value, config.model().deterministic());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "010",
        "1e3",
        "0x10",
        "no",
        "True",
        "1_000",
        "2001-01-01",
        "5.",
        ".5",
        "-0",
        "1:30"
      })
  void aNameStaysAsItIsWritten(String word) throws IOException {
    Config config = ConfigLoader.load(file("data:\n  films: " + word), List.of());
    assertEquals(word, config.data().films());
    assertEquals(config, ConfigLoader.ofRun(file(config.toYaml()), List.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null", "~", "*a", "&a b", "!x", "a: b", "#", "- a", "'", "\"", "[1]", "{", " a ", "a\tb",
        "ü", "%", "@", "`", "|", ">", "<<", "=", "?", "a #b", "...", "---"
      })
  void anyNameSurvivesTheFileOfARun(String word) throws IOException {
    String quoted = "data.films='" + word.replace("'", "''") + "'";
    Config config = ConfigLoader.load(null, List.of(quoted));
    assertEquals(word, config.data().films());
    assertEquals(word, ConfigLoader.ofRun(file(config.toYaml()), List.of()).data().films());
  }

  @Test
  void keysMayHaveDotsAndSectionsMayBeEmpty() throws IOException {
    Config config =
        ConfigLoader.load(
            file("train.geco.rate: 0.5\ntrain:\n  batch: 4\n  geco: {alpha: 0.9}\nmodel:\n"),
            List.of("train={seed: 7, geco.lambda: 2}"));
    assertEquals(0.5, config.train().geco().rate());
    assertEquals(0.9, config.train().geco().alpha());
    assertEquals(2, config.train().geco().lambda());
    assertEquals(4, config.train().batch());
    assertEquals(7, config.train().seed());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "train: {seed: 1, seed: 2}                     | Duplicate",
        "train.seed: 1\\ntrain.seed: 1                 | Duplicate",
        "train.seed: 1\\ntrain: {seed: 1}              | train.seed is given twice",
        "train: {geco: {rate: 1}, geco.rate: 1}        | train.geco.rate is given twice",
        "train: 3\\ntrain.seed: 1                      | train is given twice",
        "train: &b {batch: 4}\\nmodel: *b              | the alias *b is not followed",
        "a: &a [x]\\nb: &b [*a, *a]\\nc: [*b, *b]      | the alias *a is not followed",
        "train:\\n  <<: {batch: 1}                     | the merge key << is not followed",
        "train: {seed: !!javax.script.ScriptEngineManager [x]} | the tag !!javax.script.ScriptEngineManager is not followed",
        "data: !!java.net.URL [x]                      | the tag !!java.net.URL is not followed",
        "train: {seed: !own 3}                         | the tag !own is not followed",
        "train: {seed: !!binary MTA=}                  | the tag !!binary is not followed",
        "train:\\n\\tseed: 5                           | not valid YAML",
        "data: {films: [a, b]}                         | is not text",
        "? [a, b]\\n: c                                | Expected a field name (Scalar value in YAML)",
        "train.seed: 1\\n---\\ntrain.seed: 2           | not valid YAML",
      })
  void whatSaysOtherThanItShowsIsRefused(String yaml, String message) throws IOException {
    Path file = file(yaml.replace("\\n", "\n").replace("\\t", "\t"));
    String found =
        org.junit.jupiter.api.Assertions.assertThrows(
                ConfigException.class, () -> ConfigLoader.load(file, List.of()))
            .getMessage();
    assertTrue(found.contains(message) && !found.contains("org.yaml"), found);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\ufefftrain:\n  seed: 010\n",
        "train:\r\n  seed: 010\r\n",
        "{\"train\": {\"seed\": 010}}",
        "train: &a {seed: 010}"
      })
  void bytesOfOtherEditorsAreRead(String yaml) throws IOException {
    assertEquals(10, ConfigLoader.load(file(yaml), List.of()).train().seed());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "geco.rate=1         | unknown key 'geco'; the nearest valid key is 'train.geco'",
        "train.train.batch=1 | unknown key 'train.train'; the nearest valid key is 'train'",
        "flow.density=moons  | unknown key 'flow'; it is a key of 'flow train'",
        "train.draws=3       | unknown key 'train.draws'; it is a key of 'flow train'",
        "integrator=rk4      | unknown key 'integrator'; the nearest valid key is 'model.integrator'",
        "tr\u0430in.batch=3  | unknown key 'tr\\u0430in'; the nearest valid key is 'train'",
      })
  void aHintNeverRepeatsTheWord(String setting, String message) {
    String line = console.fail(ExitCode.USAGE, Console.train(List.of(setting)));
    assertTrue(line.contains(message), line);
  }

  private Path file(String yaml) throws IOException {
    return Files.writeString(folder.resolve("c.yaml"), yaml);
  }
}
