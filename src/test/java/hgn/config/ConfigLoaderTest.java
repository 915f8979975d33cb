package hgn.config;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.frames.Renderers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigLoaderTest {
  @TempDir Path folder;

  @Test
  void layersOverrideOneAnotherInOrder() throws IOException {
    Config plain = load();
    assertEquals("quick", plain.model().preset());
    assertEquals(3e-3, plain.train().learningRate());
    assertEquals(16, plain.train().batch());

    Path file = file("model:\n  preset: published\ntrain:\n  batch: 8\n  geco: {rate: 0.1}\n");
    Config fromFile = ConfigLoader.load(file, List.of());
    assertEquals(1.5e-4, fromFile.train().learningRate());
    assertEquals(8, fromFile.train().batch());
    assertEquals(0.1, fromFile.train().geco().rate());
    assertEquals(0.033, fromFile.train().geco().tolerance());

    Config set =
        ConfigLoader.load(
            file, List.of("train.batch=4", "train.learning-rate=1e-2", "train.batch=2"));
    assertEquals(2, set.train().batch());
    assertEquals(0.01, set.train().learningRate());
    assertEquals(0.1, set.train().geco().rate());
  }

  @Test
  void thePresetMayBeSetAnywhere() throws IOException {
    assertEquals(1.5e-4, load("model.preset=published").train().learningRate());
    Path file = file("train: {learning-rate: 0.5}");
    Config config = ConfigLoader.load(file, List.of("model.preset=published"));
    assertEquals(0.5, config.train().learningRate());
  }

  /** The quick preset has settings for each of the paper's systems. */
  @Test
  void aPresetMayHaveSettingsForASystem() throws IOException {
    assertEquals(2, load("data.system=hgn.mechanics.HenonHeiles").model().phase());
    assertEquals(1, load("data.system=pendulum").model().angles());
    assertEquals(0, load("data.system=pendulum", "model.preset=published").model().angles());
    assertEquals(0, load("data.system=pendulum", "model.angles=0").model().angles());
    assertEquals(6, load("data.system=three-body").model().phase());
    Path file = file("data: {system: two-body}");
    assertEquals(4, ConfigLoader.load(file, List.of()).model().phase());
    assertTrue(refused(() -> load("data.system=../hnn")).contains("data.system"));
  }

  @Test
  void familyAndDynamicsBringSettingsThatMayBeOverridden() {
    Config hnn = load("model.family=hnn");
    assertEquals(1e-3, hnn.train().learningRate());
    assertEquals(1e-5, hnn.train().weightDecay());
    assertEquals("sum", hnn.train().objective());
    assertEquals("none", hnn.model().base());
    assertEquals(2000, hnn.train().steps(), "of the preset");
    assertEquals(0, hnn.model().phase(), "its own, whatever the preset");
    assertEquals(3, load("model.family=hnn-conv").train().decodeFrames());
    assertEquals(0.5, load("model.family=hnn", "train.weight-decay=0.5").train().weightDecay());
    assertEquals("euler", load("model.dynamics=direct").model().integrator());
    assertEquals("leapfrog", load().model().integrator());
  }

  @Test
  void aListMayBeWrittenAsOneWord() throws IOException {
    assertEquals(List.of(), load().train().freeze());
    assertEquals(List.of("decoder"), load("train.freeze=decoder").train().freeze());
    Config two = load("train.freeze=[decoder, encoder]");
    assertEquals(List.of("decoder", "encoder"), two.train().freeze());
    assertEquals(two, ConfigLoader.load(file(two.toYaml()), List.of()));
    String found = refused(() -> load("train.freeze=[decoder, enc]"));
    assertTrue(found.contains("train.freeze: 'enc' is unknown, the nearest is 'encoder'"), found);
    found = refused(() -> load("train.freeze={a: 1}"));
    assertTrue(found.contains("train.freeze"), found);
    assertTrue(
        two.fixedChanges(load()).contains("train.freeze (was [], now [\"decoder\",\"encoder\"])"),
        two.fixedChanges(load()).toString());
  }

  @Test
  void aRunsFileSpeaksForItselfWhateverThePresetsCameToSay() throws IOException {
    Config config = load("train.steps=7");
    assertEquals(1, config.model().contrast(), "of the preset");
    // as written before this key existed, when encoders saw unchanged frames
    Path older = file(config.toYaml().replaceAll("(?m)^ *contrast: .*\n", ""));
    Config run = ConfigLoader.ofRun(older, List.of("engine.threads=3"));
    assertEquals(0, run.model().contrast());
    assertEquals(7, run.train().steps());
    assertEquals(3, run.engine().threads());
    assertEquals(config.model().base(), run.model().base());
    assertEquals(1, ConfigLoader.load(older, List.of()).model().contrast(), "of a new run");
  }

  static Stream<List<String>> settings() {
    return Stream.of(
        List.of(),
        List.of("model.preset=published", "model.frames-in=all", "engine.backend=jvm"),
        List.of("model.preset=paper", "train.seed=-7", "data.seed=9223372036854775807"),
        List.of("train.learning-rate=1e-5", "train.epsilon=1E-12", "train.geco.lambda=1e10"),
        List.of("train.objective=vae", "model.deterministic=true", "model.base=none"));
  }

  @ParameterizedTest
  @MethodSource("settings")
  void whatIsWrittenReadsAsTheSame(List<String> settings) throws IOException {
    Config config = ConfigLoader.load(null, settings);
    String yaml = config.toYaml();
    Config again = ConfigLoader.load(file(yaml), List.of());
    assertEquals(config, again);
    assertEquals(yaml, again.toYaml());
    assertEquals(config, ConfigLoader.ofRun(file(yaml), List.of()));
    for (String path : ConfigBinder.paths(Config.class, "")) {
      String key = path.substring(path.lastIndexOf('.') + 1);
      assertTrue(yaml.contains(key + ":"), path);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "train.bacth=3             | unknown key 'train.bacth'; the nearest valid key is 'train.batch'",
        "trian.batch=3             | unknown key 'trian'; the nearest valid key is 'train'",
        "batch=3                   | unknown key 'batch'; the nearest valid key is 'train.batch'",
        "train.integrator=rk4      | the nearest valid key is 'model.integrator'",
        "train.geco.tol=1          | unknown key 'train.geco.tol'; the nearest valid key is 'train.geco.",
        "train.learning_rate=1     | the nearest valid key is 'train.learning-rate'",
        "train.batch.x=1           | train.batch: '{\"x\":1}' is not a whole number; allowed: at least 1",
        "train.batch=lots          | train.batch: 'lots' is not a whole number; allowed: at least 1",
        "train.batch=1.5           | train.batch: '1.5' is not a whole number",
        "train.batch=0             | train.batch: '0' is out of range; allowed: at least 1",
        "train.batch=3000000000    | '3000000000' is out of range; allowed: -2147483648 to 2147483647",
        "train.batch=[1]           | train.batch: '[1]' is not a whole number",
        "train.batch=true          | train.batch: 'true' is not a whole number",
        "train.batch=null          | train.batch has no value",
        "train.seed=1e99           | train.seed: '1E+99' is out of range",
        "train.seed=1e999999999    | train.seed: '1E+999999999' is out of range",
        "train.learning-rate=fast  | 'fast' is not a number; allowed: above 0",
        "train.learning-rate=0     | '0' is out of range; allowed: above 0",
        "train.learning-rate=.nan  | '.nan'",
        "train.learning-rate=.inf  | '.inf'",
        "train.learning-rate=1e399 | is out of range",
        "train.beta1=1             | '1' is out of range; allowed: at least 0 and below 1",
        "train.geco.lambda=1e11    | allowed: at least 1.0E-10 and at most 1.0E10",
        "train.geco=5              | train.geco: '5' is not a section; write its keys beneath it: tolerance",
        "model.deterministic=maybe | 'maybe' is neither true nor false; allowed: true, false",
        "model.integrator=leapforg | the nearest is 'leapfrog'; allowed: euler, rk4, leapfrog, yoshida",
        "model.preset=fast         | model.preset: 'fast' is unknown",
        "model.frames-in=0         | allowed: a whole number from 1 to 9999, or all",
        "train.frames-at-once=-1   | allowed: a whole number from 0 (all frames) on, or auto",
        "model.frames-in=every     | model.frames-in: 'every' is not a number of frames",
        "data.system=mass_spring   | the nearest is 'mass-spring'",
        "engine.backend=gpu        | engine.backend: 'gpu' is unknown",
        "train.batch               | expected section.key=value",
        "train.batch=              | expected section.key=value",
        "=3                        | expected section.key=value",
        "train.batch=[1            | not valid YAML",
        "train..batch=1            | unknown key 'train.'",
      })
  void mistakesAreNamed(String setting, String message) {
    String found = refused(() -> load(setting));
    assertTrue(found.startsWith("--set " + setting), found);
    assertTrue(found.contains(message), found);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "train.steps=0 train.epochs=0              | both 0, so there is nothing to train",
        "data.system=no.such.Thing                 | data.system: [physics] system: class no.such.Thing is not",
        "data.system=double-pendulum data.as-printed=true | data.system: [physics] double-pendulum cannot be",
        "data.train-rollouts=8                     | train.batch = 16 exceeds data.train-rollouts = 8",
        "train.evaluate-rollouts=9 data.test-rollouts=8 | train.evaluate-rollouts = 9 exceeds",
      })
  void contradictionsAreNamed(String settings, String message) {
    List<String> all = new ArrayList<>(List.of("train.steps=0"));
    all.addAll(List.of(settings.split(" ")));
    String found = refused(() -> ConfigLoader.load(null, all));
    assertTrue(found.contains(message), found);
  }

  @Test
  void mistakesInAFileNameTheFile() throws IOException {
    assertFile("train:\n  bacth: 3\n", "unknown key 'train.bacth'");
    assertFile("train: [", "line 1");
    assertFile("train:\n  batch: 1\n  batch: 2\n", "Duplicate");
    assertFile("just words", "the configuration: 'just words' is not a section");
    assertFile("a: 1\n---\nb: 2\n", "not valid YAML");
    Path absent = folder.resolve("absent.yaml");
    assertTrue(refused(() -> ConfigLoader.load(absent, List.of())).startsWith(absent + ": cannot"));
    Path binary = Files.write(folder.resolve("b.yaml"), new byte[] {(byte) 0xff, 0});
    assertTrue(refused(() -> ConfigLoader.load(binary, List.of())).contains("not UTF-8"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing but a comment\n", "---\n"})
  void emptyFilesChangeNothing(String text) throws IOException {
    assertEquals(load(), ConfigLoader.load(file(text), List.of()));
  }

  @Test
  void numbersMayBeWrittenInAnyExactWay() {
    assertEquals(50000, load("data.train-rollouts=5e4").data().trainRollouts());
    assertEquals(32, load("train.batch=32.0").train().batch());
    assertEquals(1e-7, load("train.epsilon=0.0000001").train().epsilon());
  }

  @Test
  void everyChoiceExists() {
    for (String renderer : Choices.RENDERERS.names()) {
      assertDoesNotThrow(() -> Renderers.byName(renderer, 32));
    }
    for (String preset : Choices.PRESETS.names()) {
      assertEquals(preset, load("model.preset=" + preset).model().preset());
    }
    for (Choices choices : Choices.values()) {
      assertFalse(choices.names().isEmpty(), choices.name());
    }
  }

  @Test
  void framesAndStepsAreCounted() {
    Config five =
        load("model.frames-in=5", "train.steps=0", "data.train-rollouts=1000", "train.epochs=3");
    assertEquals(34, five.model().rolloutFrames());
    assertEquals(4, five.model().inferredFrame());
    assertEquals(5, five.model().inputFrames());
    assertEquals(62 * 3, five.totalSteps());
    Config all = load("model.frames-in=all", "train.steps=7");
    assertEquals(30, all.model().rolloutFrames());
    assertEquals(0, all.model().inferredFrame());
    assertEquals(30, all.model().inputFrames());
    assertEquals(7, all.totalSteps());
  }

  private Config load(String... settings) {
    return ConfigLoader.load(null, List.of(settings));
  }

  private Path file(String yaml) throws IOException {
    return Files.writeString(folder.resolve("c.yaml"), yaml);
  }

  private void assertFile(String yaml, String message) throws IOException {
    Path file = file(yaml);
    String found = refused(() -> ConfigLoader.load(file, List.of()));
    assertTrue(found.startsWith(file.toString()), found);
    assertTrue(found.contains(message), found);
  }

  private static String refused(org.junit.jupiter.api.function.Executable load) {
    String message = assertThrows(ConfigException.class, load).getMessage();
    assertFalse(message.contains("\n"), message);
    return message;
  }

  /** Runs of before, which stored a number of frames, are those of today's default. */
  @Test
  void howManyFramesAreDecodedAtOnceMayChange() {
    assertEquals(List.of(), load().fixedChanges(load("train.frames-at-once=96")));
  }
}
