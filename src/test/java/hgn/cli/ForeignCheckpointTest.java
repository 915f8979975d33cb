package hgn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.cli.console.ExitCode;
import hgn.testing.Console;
import hgn.testing.EditedSafetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checkpoints whose tensors another program has changed. */
class ForeignCheckpointTest {
  @TempDir static Path folder;
  private static final Console CONSOLE = new Console();
  private static final Map<Path, byte[]> WHOLE = new HashMap<>();
  private static Path run;

  private final Console console = CONSOLE;

  @BeforeAll
  static void train() throws IOException {
    run = folder.resolve("run");
    List<String> settings = List.of("train.steps=2", "train.objective=geco");
    CONSOLE.succeed(Console.train(settings, "--runs", folder.toString(), "--name", "run"));
    try (var files = Files.list(run.resolve("checkpoints"))) {
      for (Path file : files.toList()) {
        WHOLE.put(file, Files.readAllBytes(file));
      }
    }
  }

  @BeforeEach
  void restore() throws IOException {
    for (Map.Entry<Path, byte[]> file : WHOLE.entrySet()) {
      Files.write(file.getKey(), file.getValue());
    }
  }

  private void edit(EditedSafetensors.Edit edit) throws IOException {
    for (String name : List.of("best", "last")) {
      Path file = run.resolve("checkpoints/" + name + ".safetensors");
      EditedSafetensors.of(file).each(edit).write(file);
    }
  }

  private List<String[]> uses() {
    return List.of(
        new String[] {"evaluate", run.toString(), "--rollouts", "2"},
        new String[] {"rollout", run.toString(), "--frames", "2"},
        new String[] {"sample", run.toString(), "--count", "1"},
        new String[] {"verify", "--run", run.toString()},
        new String[] {"train", "--resume", run.toString(), "--set", "train.steps=3"});
  }

  @ParameterizedTest
  @CsvSource({"F16", "BF16", "F64"})
  void weightsOfOtherWidthsAreUsed(String type) throws IOException {
    edit(tensor -> tensor.name().startsWith("position/") ? tensor : tensor.to(type));
    console.succeed(uses().get(2)); // reads the model
    console.succeed("train", "--resume", run.toString()); // and everything, to make no more steps
  }

  @ParameterizedTest
  @CsvSource({"U8", "I64", "BOOL", "F8_E4M3", "I32"})
  void weightsOfOtherTypesAreRefusedByName(String type) throws IOException {
    String name = firstWeight();
    edit(tensor -> tensor.name().equals(name) ? tensor.filled(type) : tensor);
    for (String[] words : uses()) {
      String line = console.fail(ExitCode.FAILURE, words);
      assertTrue(line.contains(name) && line.contains(type), line);
    }
  }

  @ParameterizedTest
  @CsvSource({"NaN, 1", "Infinity, 2", "-Infinity, 1"})
  void weightsThatAreNotFiniteAreCounted(float value, int count) throws IOException {
    String name = firstWeight();
    edit(tensor -> tensor.name().equals(name) ? tensor.with(value, count) : tensor);
    for (String[] words : uses()) {
      String line = console.fail(ExitCode.FAILURE, words);
      assertTrue(line.contains("tensor '" + name + "': " + count + " of "), line);
      assertTrue(line.contains("not finite"), line);
    }
  }

  @Test
  void momentsAndTheObjectiveMustBeFiniteToGoOn() throws IOException {
    for (String prefix :
        List.of("adam/first/", "adam/second/", "objective/", "position/best_mse")) {
      restore();
      String name = name(prefix);
      edit(tensor -> tensor.name().equals(name) ? tensor.with(Float.NaN, 1) : tensor);
      String line = console.fail(ExitCode.FAILURE, uses().get(4));
      assertTrue(line.contains(name) || line.contains("NaN"), line);
    }
  }

  @Test
  void anEmptyTensorBesideTheModelHarmsNobody() throws IOException {
    for (String name : List.of("best", "last")) {
      Path file = run.resolve("checkpoints/" + name + ".safetensors");
      EditedSafetensors.of(file).adding("notes", "F32", 0).write(file);
    }
    console.succeed(uses().get(2));
  }

  @Test
  void emptyWeightsAndPositionsAreNamed() throws IOException {
    String name = firstWeight();
    edit(tensor -> tensor.name().equals(name) ? tensor.empty() : tensor);
    String line = console.fail(ExitCode.FAILURE, uses().get(0));
    assertTrue(line.contains("tensor '" + name + "' of shape [0] is empty"), line);
    edit(tensor -> tensor.name().equals("position/steps") ? tensor.empty() : tensor);
    line = console.fail(ExitCode.FAILURE, uses().get(0));
    assertTrue(line.contains("tensor 'position/steps' of shape [0] is empty"), line);
    assertEquals(1, line.lines().count());
  }

  private String firstWeight() {
    return name("model/");
  }

  private String name(String prefix) {
    return EditedSafetensors.of(run.resolve("checkpoints/last.safetensors")).names().stream()
        .filter(name -> name.startsWith(prefix))
        .findFirst()
        .orElseThrow();
  }

  /** Finite weights whose numbers cease to be finite on the way. */
  @ParameterizedTest
  @CsvSource({
    "model/encoder, the state that the encoder infers",
    "model/hamiltonian, the learnt motion is not finite after 1 of its steps",
  })
  void numbersThatOverflowAreNamedByTheirNetwork(String network, String place) throws IOException {
    edit(tensor -> tensor.name().startsWith(network) ? tensor.withAll(1e30f) : tensor);
    String line = console.fail(ExitCode.FAILURE, uses().get(0));
    assertTrue(line.contains(place), line);
    line = console.fail(ExitCode.FAILURE, uses().get(4));
    assertTrue(line.contains("step 2: the ") && line.contains("is not finite"), line);
  }

  @Test
  void denormalWeightsAreNumbers() throws IOException {
    edit(tensor -> tensor.name().startsWith("model/") ? tensor.withAll(1e-42f) : tensor);
    console.succeed(uses().get(2));
  }
}
