package hgn.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.cli.console.ExitCode;
import hgn.config.Config;
import hgn.config.ConfigLoader;
import hgn.films.FilmSet;
import hgn.films.source.FilmProgress;
import hgn.films.source.FrameResizer;
import hgn.frames.Renderers;
import hgn.frames.RolloutGenerator;
import hgn.frames.Split;
import hgn.physics.Systems;
import hgn.safetensors.SafetensorsFile;
import hgn.testing.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The user's own films, from the survey to the commands on the finished run. */
class FilmsTest {
  private static final List<String> TINY =
      List.of(
          "train.steps=3",
          "train.evaluate-every=2",
          "train.batch=2",
          "train.decode-frames=2",
          "model.frames-out=6",
          "model.phase=1",
          "data.stride=2",
          "data.workers=1");

  @TempDir Path folder;
  private Console console;

  @BeforeEach
  void open() {
    console = new Console();
  }

  private Path rollouts(int count, int frames) {
    Path data = folder.resolve("data");
    console.succeed(
        "generate",
        "--system",
        "pendulum",
        "--count",
        Integer.toString(count),
        "--frames",
        Integer.toString(frames),
        "--out",
        data.toString());
    return data;
  }

  private String[] words(Path films, String name, String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "train", "--films", films.toString(), "--runs", runs().toString(), "--name", name));
    for (String setting : TINY) {
      all.addAll(List.of("--set", setting));
    }
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  private Path runs() {
    return folder.resolve("runs");
  }

  @Test
  void aRunOnFilmsGoesThroughAllCommands() throws IOException {
    Path data = rollouts(12, 20);
    console.succeed(words(data, "first"));
    Path run = runs().resolve("first");
    Config config = ConfigLoader.ofRun(run.resolve("config.yaml"), List.of());
    assertTrue(config.data().isRecorded());
    assertEquals(0.125, config.data().dt());
    assertEquals(10 * 8, config.data().trainRollouts(), "windows of 6 at every second frame");
    assertEquals(8, config.data().testRollouts());
    assertEquals(64, config.data().filmsDigest().length());

    String measured = console.succeed("evaluate", run.toString(), "--rollouts", "4");
    assertTrue(measured.contains("SyMetric"), "true states are in the files: " + measured);
    assertTrue(measured.contains("double speed"), measured);
    assertFalse(measured.contains("half speed"), "no film shows it: " + measured);
    assertFalse(measured.contains("right discs"), measured);
    assertTrue(measured.contains("left out, as films do not tell it: noise"), measured);
    console.succeed(words(data, "second", "--init-from", run.toString(), "--reset", "hamiltonian"));

    String film = console.succeed("rollout", run.toString(), "--reverse", "--frames", "3");
    assertTrue(film.contains("MSE"), film);
    String unknown = console.succeed("rollout", run.toString(), "--speed", "0.3");
    assertTrue(unknown.contains("unknown: the film does not show this motion"), unknown);
    console.succeed("sample", run.toString(), "--count", "2");
    requireExports(run);
    assertTrue(console.succeed("verify", "--run", run.toString()).contains("order"));
  }

  /** Exported films can be read as films. */
  private void requireExports(Path run) throws IOException {
    Path npz = folder.resolve("film.npz");
    String said =
        console.succeed(
            "rollout", run.toString(), "--frames", "3", "--format", "npz", "--out", npz.toString());
    assertTrue(said.contains("arrays " + npz), said);
    Path frames = folder.resolve("frames");
    console.succeed(
        "rollout", run.toString(), "--frames", "3", "--format", "png", "--out", frames.toString());
    FrameResizer fit = new FrameResizer(32, 3, false);
    FilmSet array = FilmSet.open(npz, "prediction", fit, false, FilmProgress.SILENT);
    FilmSet pictures = FilmSet.open(frames, "", fit, false, FilmProgress.SILENT);
    assertEquals(3, array.frames(0));
    assertEquals(6, pictures.frames(0), "of truth and prediction");
    float[] exact = new float[array.frameLength()];
    float[] rounded = new float[array.frameLength()];
    array.read(0, 1, exact, 0);
    pictures.read(0, 1, rounded, 0);
    assertArrayEquals(exact, rounded, 0.5f / 255 + 1e-6f);
    Path samples = folder.resolve("samples.npz");
    console.succeed(
        "sample", run.toString(), "--count", "2", "--format", "npz", "--out", samples.toString());
    assertEquals(6, FilmSet.open(samples, "sample_2", fit, false, FilmProgress.SILENT).frames(0));
    String line =
        console.fail(
            ExitCode.USAGE, "rollout", run.toString(), "--format", "npz", "--out", "film.gif");
    assertTrue(line.contains("ending in .npz"), line);
  }

  /** A stopped run resumes to the same bytes; with other films it is rejected. */
  @Test
  void aResumedRunIsTheSameAndKnowsItsFilms() throws IOException {
    Path data = rollouts(12, 20);
    console.succeed(words(data, "whole"));
    console.succeed(words(data, "parts", "--set", "train.steps=1"));
    console.succeed(
        "train", "--resume", runs().resolve("parts").toString(), "--set", "train.steps=3");
    assertArrayEquals(checkpoint("whole"), checkpoint("parts"));

    Path moved = Files.move(data, folder.resolve("moved"));
    String run = runs().resolve("parts").toString();
    console.succeed(
        "train", "--resume", run, "--set", "data.films=" + moved, "--set", "train.steps=4");
    String at = runs().resolve("whole").toString();
    console.succeed("rollout", at, "--frames", "2", "--films", moved.toString());
    String gone = console.fail(ExitCode.USAGE, "rollout", at, "--frames", "2");
    assertTrue(gone.contains("any more; name their place with --films PATH"), gone);
    Files.move(moved, folder.resolve("old"));
    console.succeed(
        "generate",
        "--system",
        "pendulum",
        "--count",
        "12",
        "--frames",
        "20",
        "--seed",
        "9",
        "--out",
        moved.toString());
    String line = console.fail(ExitCode.USAGE, "train", "--resume", run, "--set", "train.steps=5");
    assertTrue(line.contains("are not those that this run was begun with"), line);
  }

  private byte[] checkpoint(String run) throws IOException {
    byte[] bytes = Files.readAllBytes(runs().resolve(run).resolve("checkpoints/last.safetensors"));
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    return Arrays.copyOfRange(bytes, text.indexOf("}}"), bytes.length);
  }

  @Test
  void filmsAreLookedAtBefore() throws IOException {
    Path films = folder.resolve("films.npz");
    Files.copy(Path.of("src/test/resources/films/stored.npz"), films);
    Path sheet = folder.resolve("sheet.png");
    String text = console.succeed("films", films.toString(), "--out", sheet.toString());
    assertTrue(text.contains("3, an array of a NumPy archive"), text);
    assertTrue(text.contains("11 each, 33 in all"), text);
    assertTrue(text.contains("0.25 s, as the files say"), text);
    assertTrue(text.contains("3 films are few"), text);
    assertTrue(text.contains("train --films " + films + " --set model.frames-out=11"), text);
    assertTrue(Files.size(sheet) > 1000);
  }

  @Test
  void whatCannotBeTrainedOnIsSaidInOneLine() throws IOException {
    Path films = folder.resolve("films.npz");
    Files.copy(Path.of("src/test/resources/films/stored.npz"), films);
    String line = console.fail(ExitCode.USAGE, "train", "--films", films.toString());
    assertTrue(line.contains("the shortest has 11 frames"), line);
    assertTrue(line.contains("--set model.frames-out=11"), line);
    line = console.fail(1, "train", "--films", folder.resolve("none").toString());
    assertTrue(line.contains("no such file or folder"), line);
    line =
        console.fail(
            ExitCode.USAGE, "train", "--films", films.toString(), "--set", "data.system=pendulum");
    assertTrue(line.contains("does not go with data.system = pendulum"), line);
    line =
        console.fail(ExitCode.USAGE, "train", "--films", films.toString(), "--set", "data.size=48");
    assertTrue(line.contains("32, 64 and 128"), line);
    line = console.fail(ExitCode.USAGE, "films", films.toString(), "--set", "data.films=other.npz");
    assertTrue(line.contains("leave data.films out of --set"), line);
    line = console.fail(ExitCode.USAGE, "train", "--set", "data.system=none");
    assertTrue(line.contains("needs films"), line);
  }

  /** Training on written rollouts gives the same bytes as on generated ones. */
  @Test
  void whatWasGeneratedTrainsAsWhatIsMade() throws IOException {
    List<String> made =
        new ArrayList<>(List.of("train", "--runs", runs().toString(), "--name", "made"));
    for (String setting : TINY) {
      made.addAll(List.of("--set", setting));
    }
    String[] same = {
      "--set", "train.widening=2", "--set", "train.steps=5", "--set", "train.evaluate-rollouts=2"
    };
    made.addAll(List.of(same));
    made.addAll(List.of("--set", "data.train-rollouts=8", "--set", "data.system=mass-spring"));
    console.succeed(made.toArray(String[]::new));
    List<String> more = new ArrayList<>(List.of(same));
    more.addAll(List.of("--set", "data.test-share=0", "--set", "model.backdrop=false"));
    for (String format : List.of("safetensors", "npz")) {
      Path data = folder.resolve(format);
      String[] words = {
        "generate",
        "--system",
        "mass-spring",
        "--renderer",
        "table1",
        "--count",
        "8",
        "--frames",
        "6",
        "--format",
        format,
        "--out",
        data.toString()
      };
      console.succeed(words);
      console.succeed(words(data, format, more.toArray(String[]::new)));
      Config config = ConfigLoader.ofRun(runs().resolve(format + "/config.yaml"), List.of());
      assertEquals(8, config.data().trainRollouts());
      assertArrayEquals(parameters("made"), parameters(format), format);
    }
  }

  private double[] parameters(String run) {
    Path file = runs().resolve(run).resolve("checkpoints/last.safetensors");
    try (SafetensorsFile stored = SafetensorsFile.open(file)) {
      return stored.tensors().keySet().stream()
          .filter(name -> name.startsWith("model/"))
          .flatMapToDouble(name -> Arrays.stream(stored.doubles(name)))
          .toArray();
    }
  }

  /** In every format, the frames are those of the rollouts. */
  @Test
  void everyFormatIsReadAgain() throws IOException {
    RolloutGenerator rollouts =
        new RolloutGenerator(
            Systems.byName("two-body"),
            Renderers.byName("published", 32),
            5,
            0.125,
            0,
            Split.TRAIN);
    float[] expected = new float[rollouts.rolloutLength()];
    rollouts.render(2, expected, 0);
    for (String format : List.of("safetensors", "npz", "png", "gif")) {
      Path data = folder.resolve(format);
      console.succeed(
          "generate",
          "--system",
          "two-body",
          "--count",
          "3",
          "--frames",
          "5",
          "--format",
          format,
          "--out",
          data.toString());
      FilmSet set =
          FilmSet.open(data, "", new FrameResizer(32, 3, false), false, FilmProgress.SILENT);
      assertEquals(3, set.count(), format);
      boolean isExact = format.equals("safetensors") || format.equals("npz");
      assertEquals(isExact, set.hasStates(), format);
      if (!format.equals("png")) {
        assertEquals(0.125, set.dt(), 0.006, format);
      }
      float[] film = new float[expected.length];
      for (int t = 0; t < 5; t++) {
        set.read(2, t, film, t * set.frameLength());
      }
      assertArrayEquals(
          expected, film, isExact ? 0 : format.equals("png") ? 0.5f / 255 + 1e-6f : 0.05f, format);
      if (isExact) {
        assertArrayEquals(rollouts.path(2).state(3), set.state(2, 3), format);
      }
    }
    String line =
        console.fail(ExitCode.USAGE, "generate", "--system", "two-body", "--format", "nzp");
    assertTrue(line.contains("the nearest is 'npz'"), line);
  }

  /** 64 pixels and one channel, in every preset and family. */
  @Test
  void networksFollowTheFrames() throws IOException {
    Path films = folder.resolve("films.npy");
    Files.copy(Path.of("src/test/resources/films/u1.npy"), films);
    String[][] variants = {
      {"model.preset=quick"},
      {"model.preset=published", "model.frames-in=3"},
      {"model.preset=quick", "model.family=hnn", "model.frames-in=2"},
    };
    for (String[] variant : variants) {
      List<String> more = new ArrayList<>();
      for (String setting : variant) {
        more.addAll(List.of("--set", setting));
      }
      for (String setting :
          List.of("data.size=64", "data.colours=1", "train.steps=1", "model.frames-out=4")) {
        more.addAll(List.of("--set", setting));
      }
      if (!variant[0].endsWith("quick") || variant.length > 1) {
        more.addAll(List.of("--set", "model.phase=0", "--set", "train.decode-frames=3"));
      }
      console.succeed(
          words(films, "v" + String.join("", variant).hashCode(), more.toArray(String[]::new)));
    }
  }
}
