package hgn.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.cli.console.ExitCode;
import hgn.testing.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

  /** What says the same in other words is no edit. */
  @Test
  void commentsOrderAndNotationMayChange() throws IOException {
    List<String> sections = new ArrayList<>();
    for (String section : Files.readString(config).split("(?m)^(?=[a-z])")) {
      sections.add(0, section + "  # mine\n");
    }
    String text = String.join("", sections);
    Files.writeString(config, text.replaceFirst("(?m)^  batch: 2$", "  batch: 02.0"));
    console.succeed("evaluate", run, "--rollouts", "2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"contrast", "phase", "decode-frames", "frames-out"})
  void aKeyThatIsTakenOutIsRefused(String key) throws IOException {
    String text = Files.readString(config);
    Files.writeString(config, text.replaceFirst("(?m)^ *" + key + ": .*\\R", ""));
    for (String[] words : uses()) {
      String line = console.fail(ExitCode.USAGE, words);
      assertTrue(line.contains("." + key), line);
    }
  }

  /** The same run by other names: links to its folder and to its checkpoint. */
  @Test
  void linksDoNotHideAnEdit() throws IOException {
    Files.writeString(
        config,
        Files.readString(config).replaceFirst("learning-rate: .*", "learning-rate: 0.0001"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("run"));
    String best = folder.resolve("run/checkpoints/best.safetensors").toString();
    for (String[] words :
        List.of(
            new String[] {"evaluate", link.toString()},
            new String[] {"evaluate", link.toString(), "--checkpoint", best},
            new String[] {"evaluate", run, "--checkpoint", link + "/checkpoints/best.safetensors"},
            new String[] {"evaluate", link + "/../run", "--checkpoint", best})) {
      String line = console.fail(ExitCode.USAGE, words);
      assertTrue(line.contains("config.yaml was changed since"), line);
    }
  }

  @Test
  void whoStartsFromAnEditedRunIsToldToo() throws IOException {
    Files.writeString(config, Files.readString(config).replaceFirst("contrast: .*", "contrast: 3"));
    String line =
        console.fail(
            ExitCode.USAGE,
            Console.train(
                List.of("model.contrast=3"), "--runs", folder.toString(), "--init-from", run));
    assertTrue(line.contains("config.yaml was changed since"), line);
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
