package hgn.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hgn.cli.console.ExitCode;
import hgn.run.Checkpoint;
import hgn.safetensors.SafetensorsFile;
import hgn.testing.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every variant is trained, resumed, measured and drawn by the same commands. */
class VariantsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  private final Console console = new Console();

  static Stream<Arguments> variants() {
    return Stream.of(
        variant("hgn, separable energy", "model.integrator=euler"),
        variant("hgn, separable energy", "model.integrator=rk4"),
        variant("hgn, separable energy", "model.integrator=yoshida"),
        variant("hgn, separable energy", "model.deterministic=true"),
        variant("hgn, separable energy", "model.frames-in=all"),
        variant("hgn, separable energy", "model.latent=5"),
        variant("hgn, no transformer, separable energy", "model.transformer=false"),
        variant("hgn", "model.energy=joint"),
        variant("hgn, separable energy", "model.infer=middle", "model.frames-in=all"),
        variant("hgn, separable energy", "model.phase=0"),
        variant("hgn, separable energy", "model.angles=1", "train.average=0.9"),
        variant("hgn, direct dynamics", "model.dynamics=direct"),
        variant(
            "hgn, no transformer, direct dynamics",
            "model.dynamics=direct",
            "model.transformer=false"),
        variant("hnn", "model.family=hnn"),
        variant("hnn-conv", "model.family=hnn-conv"),
        variant(
            "hnn-conv, no transformer, separable energy",
            "model.family=hnn-conv",
            "model.transformer=false",
            "model.energy=separable"));
  }

  private static Arguments variant(String kind, String... settings) {
    return Arguments.of(kind, List.of(settings));
  }

  private String run(String name) {
    return folder.resolve(name).toString();
  }

  private Path last(String name) {
    return folder.resolve(name).resolve("checkpoints/last.safetensors");
  }

  private String train(String name, List<String> settings, String... more) {
    List<String> arguments = new ArrayList<>(List.of("--runs", folder.toString(), "--name", name));
    arguments.addAll(List.of(more));
    return console.succeed(Console.train(settings, arguments.toArray(String[]::new)));
  }

  private static List<String> with(List<String> settings, String... more) {
    List<String> all = new ArrayList<>(List.of("train.decode-frames=3"));
    all.addAll(settings);
    all.addAll(List.of(more));
    return all;
  }

  @ParameterizedTest
  @MethodSource("variants")
  void everyVariantTrainsResumesAndIsMeasured(String kind, List<String> settings)
      throws IOException {
    String printed = train("whole", with(settings, "train.steps=4"));
    assertTrue(printed.contains("(" + kind + ", "), printed);
    train("halves", with(settings, "train.steps=2"));
    console.succeed("train", "--resume", run("halves"), "--set", "train.steps=4");
    assertArrayEquals(Files.readAllBytes(last("whole")), Files.readAllBytes(last("halves")));
    assertArrayEquals(
        Files.readAllBytes(folder.resolve("whole/metrics.jsonl")),
        Files.readAllBytes(folder.resolve("halves/metrics.jsonl")));
    JsonNode summary = JSON.readTree(folder.resolve("whole/summary.json").toFile());
    assertEquals(kind, summary.path("variant").asText());

    JsonNode evaluated = JSON.readTree(console.succeed("evaluate", run("whole"), "--json"));
    for (String key : List.of("test_mse", "backward_mse", "half_speed_mse", "beyond_horizon_mse")) {
      assertTrue(evaluated.path(key).asDouble() > 0, key);
    }
    console.succeed("rollout", run("whole"), "--reverse", "--frames", "3");
    assertTrue(Files.exists(folder.resolve("whole/rollout-test-0-reverse.gif")));
    if (kind.startsWith("hnn")) {
      String line = console.fail(ExitCode.FAILURE, "sample", run("whole"), "--count", "2");
      assertTrue(line.contains("the kind '" + kind + "' has no prior to sample from"), line);
      assertFalse(Files.exists(folder.resolve("whole/sample-0.gif")));
    } else {
      console.succeed("sample", run("whole"), "--count", "2", "--frames", "2");
      assertTrue(Files.exists(folder.resolve("whole/sample-0.gif")));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "model.dynamics=direct model.integrator=leapfrog | model.integrator = leapfrog | euler",
        "model.dynamics=direct model.energy=separable | model.energy = separable | leave it out",
        "model.dynamics=direct model.base=kinetic | model.base = kinetic | use none",
        "model.family=hnn model.dynamics=direct | model.dynamics = direct | leave it out",
        "model.family=hnn model.integrator=published-leapfrog | model.integrator = published-leapfrog"
            + " | use the one without",
        "model.family=hnn model.deterministic=false | model.deterministic = false | leave it out",
        "model.family=hnn model.frames-in=all | model.frames-in = all | from 2 on",
        "model.family=hnn-conv model.frames-in=1 | model.frames-in = 1 | from 2 on",
        "model.family=hnn train.objective=geco | train.objective = geco | leave it out",
        "model.family=hnn train.decode-frames=2 | train.decode-frames = 2 | at least 3",
        "model.family=hnn model.frames-out=2 | model.frames-out = 2 | at least 3",
        "model.family=hnn model.transformer=false | model.transformer = false | hnn-conv",
        "model.family=hnn model.energy=separable | model.energy = separable | hnn-conv",
        "model.family=hnn model.base=kinetic | model.base = kinetic | hnn-conv",
        "model.family=hnn model.contrast=8 | model.contrast = 8.0 | hnn-conv",
        "train.objective=sum | train.objective = sum | geco or vae",
        "train.freeze=[transformer] model.transformer=false | 'transformer' | encoder, hamiltonian",
        "train.freeze=dynamics | 'dynamics' | encoder, transformer, hamiltonian, decoder",
        "train.freeze=[encodr] | 'encodr' | the nearest is 'encoder'",
        "train.freeze=[encoder,transformer,hamiltonian,decoder] | all networks | leave one out",
      })
  void impossibleCombinationsAreOneLine(String settings, String value, String remedy) {
    List<String> arguments = new ArrayList<>(List.of("train", "--runs", folder.toString()));
    for (String setting : settings.strip().split(" ")) {
      arguments.addAll(List.of("--set", setting));
    }
    String line = console.fail(ExitCode.USAGE, arguments.toArray(String[]::new));
    assertTrue(line.contains(value.strip()), line);
    assertTrue(line.contains(remedy.strip()), line);
  }

  @Test
  void unnamedRunsAreNamedAfterTheirVariant() {
    List<String> settings = with(List.of("model.energy=joint"), "train.steps=1");
    console.succeed(Console.train(settings, "--runs", folder.toString()));
    settings = with(List.of("model.family=hnn"), "train.steps=1");
    console.succeed(Console.train(settings, "--runs", folder.toString()));
    assertTrue(Files.exists(folder.resolve("mass-spring-quick-joint-energy")));
    assertTrue(Files.exists(folder.resolve("mass-spring-quick-hnn")));
  }

  @Test
  void aCheckpointOfAnotherVariantIsRefused() {
    train("joint", with(List.of("model.energy=joint"), "train.steps=1"));
    train("separable", with(List.of(), "train.steps=1"));
    String line =
        console.fail(
            ExitCode.FAILURE,
            "evaluate",
            run("joint"),
            "--checkpoint",
            last("separable").toString());
    assertTrue(
        line.contains("it is of the kind 'hgn, separable energy', the model of 'hgn'"), line);
    assertTrue(line.contains("use the configuration it was trained with"), line);
  }

  @Test
  void aRunStartsFromAnotherButForNetworksThatAreReset() {
    train("source", with(List.of(), "train.steps=1"));
    String frozen = "train.freeze=[encoder,transformer,decoder]";
    String printed =
        train(
            "target",
            with(
                List.of("data.system=pendulum", "model.angles=0", "train.seed=9", frozen),
                "train.steps=3"),
            "--init-from",
            run("source"),
            "--reset",
            "hamiltonian");
    assertTrue(printed.contains("all but hamiltonian"), printed);
    Path best = folder.resolve("source/checkpoints/best.safetensors");
    assertSame(best, last("target"), "encoder.mean.weight", true);
    assertSame(best, last("target"), "decoder.out.bias", true);
    assertSame(best, last("target"), "hamiltonian.kinetic.0.weight", false);
    console.succeed(
        "train", "--resume", run("target"), "--set", "train.steps=4"); // without their moments
    assertSame(best, last("target"), "transformer.0.weight", true);
    train(
        "bound",
        with(List.of("train.freeze=hamiltonian"), "train.steps=2"),
        "--init-from",
        run("source"));
    assertSame(best, last("bound"), "hamiltonian.kinetic.0.weight", true);
    assertSame(best, last("bound"), "encoder.mean.weight", false);
    String line =
        console.fail(
            ExitCode.USAGE, "train", "--resume", run("target"), "--set", "train.freeze=[]");
    assertTrue(line.contains("train.freeze (was"), line);
    assertTrue(Checkpoint.config(last("target")).contains("freeze"));
  }

  @Test
  void anEncoderIsNotTakenOverToFramesThatItHasNeverSeenSo() {
    train("source", with(List.of("model.contrast=0"), "train.steps=1"));
    List<String> settings = with(List.of(), "train.steps=1");
    String[] from = {"--runs", folder.toString(), "--name", "target", "--init-from", run("source")};
    String line = console.fail(ExitCode.USAGE, Console.train(settings, from));
    assertTrue(line.contains("model.contrast = 1.0, but the encoder of"), line);
    assertTrue(line.contains("add --set model.contrast=0.0, or encoder to --reset"), line);
    assertFalse(Files.exists(folder.resolve("target")));
    train("target", settings, "--init-from", run("source"), "--reset", "encoder");
  }

  private static void assertSame(Path one, Path other, String parameter, boolean same) {
    assertEquals(same, Arrays.equals(stored(one, parameter), stored(other, parameter)), parameter);
  }

  private static float[] stored(Path checkpoint, String parameter) {
    try (SafetensorsFile file = SafetensorsFile.open(checkpoint)) {
      return file.floats("model/" + parameter);
    }
  }

  @Test
  void networksThatDoNotFitAreNamedWithTheRemedy() {
    train("source", with(List.of("model.energy=joint"), "train.steps=1"));
    String line = refused("model.frames-in=3");
    assertTrue(line.contains("it has encoder.trunk.0.weight of shape (1,1,96,512)"), line);
    assertTrue(line.contains("the model expects (1,1,72,512)"), line);
    assertTrue(line.contains("add encoder to --reset"), line);
    line = refused("model.frames-in=all");
    assertTrue(line.contains("lacks hamiltonian.kinetic.0.weight"), line);
    assertTrue(line.contains("of the kind 'hgn', the model of 'hgn, separable energy'"), line);
    assertTrue(line.contains("add hamiltonian to --reset"), line);
    line = refused("model.family=hnn-conv");
    assertTrue(line.contains("add encoder to --reset"), line);
    line =
        console.fail(
            ExitCode.USAGE,
            Console.train(
                List.of(), "--runs", run("no"), "--init-from", run("source"), "--reset", "q"));
    assertTrue(line.contains("has no network 'q'"), line);
    assertTrue(line.contains("it has encoder, transformer, hamiltonian, decoder"), line);
    line = console.fail(ExitCode.USAGE, "train", "--reset", "decoder");
    assertTrue(line.contains("--init-from"), line);
    line =
        console.fail(
            ExitCode.USAGE, "train", "--resume", run("source"), "--init-from", run("source"));
    assertTrue(line.contains("leave out"), line);
    assertFalse(Files.exists(folder.resolve("no")), "nothing is left of what was refused");
  }

  private String refused(String setting) {
    return console.fail(
        ExitCode.FAILURE,
        Console.train(
            with(List.of(setting), "train.steps=1"),
            "--runs",
            run("no"),
            "--init-from",
            run("source")));
  }
}
