package hgn.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.cli.console.ExitCode;
import hgn.testing.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A run's config.yaml that says other than the checkpoint was made with. */
class EditedConfigTest {
  @TempDir Path folder;
  private final Console console = new Console();
  private String run;
  private Path config;

  @BeforeEach
  void train() {
    console.succeed(
        Console.train(List.of("train.steps=2"), "--runs", folder.toString(), "--name", "run"));
    run = folder.resolve("run").toString();
    config = folder.resolve("run").resolve("config.yaml");
  }

  @ParameterizedTest
  @CsvSource({
    "'learning-rate: .*', 'learning-rate: 0.0001', train.learning-rate",
    "'contrast: .*', 'contrast: 3', model.contrast",
    "'seed: .*', 'seed: 99', seed",
    "'integrator: .*', 'integrator: euler', model.integrator",
    "'system: .*', 'system: pendulum', data.system"
  })
  void anEditIsRefusedAndNamed(String pattern, String edit, String key) throws IOException {
    String text = Files.readString(config);
    String edited = text.replaceFirst(pattern, edit);
    assertTrue(!edited.equals(text), "the edit changes something");
    Files.writeString(config, edited);
    for (String[] words : uses()) {
      String line = console.fail(ExitCode.USAGE, words);
      assertTrue(line.contains("config.yaml was changed since"), line);
      assertTrue(line.contains(key), line);
    }
    assertArrayEquals(edited.getBytes(), Files.readAllBytes(config), "it is left as it is");
  }

  private List<String[]> uses() {
    return List.of(
        new String[] {"train", "--resume", run, "--set", "train.steps=3"},
        new String[] {"evaluate", run, "--rollouts", "2"},
        new String[] {"rollout", run, "--frames", "2"},
        new String[] {"sample", run, "--count", "1"},
        new String[] {"verify", "--run", run});
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n", "# all gone\n", "train: {}\n"})
  void anEmptiedFileIsRefused(String text) throws IOException {
    Files.writeString(config, text);
    for (String[] words : uses()) {
      assertTrue(console.fail(ExitCode.USAGE, words).contains("config.yaml was changed since"));
    }
  }

  @Test
  void whatAResumeMayChangeMayStandInTheFile() throws IOException {
    String text = Files.readString(config);
    Files.writeString(config, text.replaceFirst("(?m)^  steps: .*", "  steps: 4"));
    console.succeed("train", "--resume", run);
    console.succeed("evaluate", run, "--rollouts", "2");
  }

  @Test
  void anotherFileOfParametersIsTheUsersOwnBusiness() throws IOException {
    Path copy = folder.resolve("copy.safetensors");
    Files.copy(folder.resolve("run/checkpoints/best.safetensors"), copy);
    String text = Files.readString(config);
    Files.writeString(config, text.replaceFirst("learning-rate: .*", "learning-rate: 0.0001"));
    console.succeed("evaluate", run, "--rollouts", "2", "--checkpoint", copy.toString());
  }
}
