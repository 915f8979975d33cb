package hgn.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.cli.console.ExitCode;
import hgn.files.LockHolder;
import hgn.films.output.NewFolder;
import hgn.films.output.RolloutFormat;
import hgn.frames.Renderers;
import hgn.frames.Rollout;
import hgn.frames.RolloutGenerator;
import hgn.frames.Split;
import hgn.mechanics.HenonHeiles;
import hgn.physics.PhysicalSystem;
import hgn.physics.Systems;
import hgn.safetensors.SafetensorsFile;
import hgn.tensor.Shape;
import hgn.testing.Console;
import hgn.testing.programs.Program;
import hgn.testing.programs.Signals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GenerateTest {
  @TempDir Path folder;
  private final Console console = new Console();

  @Test
  void aDataSetHoldsFramesStatesAndHowToMakeThemAgain() throws IOException {
    Path data = folder.resolve("a/data");
    console.succeed(
        "generate",
        "--system",
        "pendulum",
        "--renderer",
        "smooth",
        "--count",
        "3",
        "--seed",
        "5",
        "--split",
        "test",
        "--frames",
        "6",
        "--out",
        data.toString());
    try (SafetensorsFile shard = SafetensorsFile.open(data.resolve("rollouts-00000.safetensors"))) {
      assertEquals(Shape.of(3, 6, 32, 32, 3), shard.entry("frames").shape());
      assertEquals(Shape.of(3, 6, 1), shard.entry("q").shape());
      assertArrayEquals(new long[] {0, 1, 2}, shard.longs("index"));
      var said = shard.metadata();
      var again =
          new RolloutGenerator(
              Systems.byName(said.get("system")),
              Renderers.byName(said.get("renderer"), Integer.parseInt(said.get("size"))),
              Integer.parseInt(said.get("frames")),
              Double.parseDouble(said.get("dt")),
              Long.parseLong(said.get("seed")),
              Split.valueOf(said.get("split").toUpperCase()));
      Rollout second = again.generate(1);
      int film = again.rolloutLength();
      assertArrayEquals(
          second.frames(), Arrays.copyOfRange(shard.floats("frames"), film, 2 * film));
      for (int t = 0; t < 6; t++) {
        assertEquals(second.path().q(t, 0), shard.doubles("q")[6 + t]);
        assertEquals(second.path().p(t, 0), shard.doubles("p")[6 + t]);
      }
    }
    assertTrue(Files.readString(data.resolve("dataset.json")).contains("rollouts-00000"));
  }

  static Stream<String> systems() {
    return Stream.concat(
        Systems.all().stream().map(PhysicalSystem::name), Stream.of(HenonHeiles.class.getName()));
  }

  @ParameterizedTest
  @MethodSource("systems")
  void everySystemIsFilmed(String system) {
    for (String renderer : List.of("published", "smooth")) {
      Path data = folder.resolve(system + renderer);
      console.succeed(
          "generate",
          "--system",
          system,
          "--renderer",
          renderer,
          "--count",
          "2",
          "--frames",
          "34",
          "--out",
          data.toString());
      try (var shard = SafetensorsFile.open(data.resolve("rollouts-00000.safetensors"))) {
        assertEquals(system, shard.metadata().get("system"));
        int freedom = Systems.byName(system).degreesOfFreedom();
        assertEquals(Shape.of(2, 34, freedom), shard.entry("p").shape());
        float[] frames = shard.floats("frames");
        int film = frames.length / 2;
        float[] first = Arrays.copyOf(frames, film);
        assertFalse(Arrays.equals(first, Arrays.copyOfRange(frames, film, 2 * film)));
        float[] frame = Arrays.copyOf(first, film / 34);
        assertFalse(Arrays.equals(frame, Arrays.copyOfRange(first, film - film / 34, film)));
      }
    }
  }

  @Test
  void printedHamiltoniansAreSaidInTheMetadata() {
    Path data = folder.resolve("printed");
    console.succeed(
        "generate",
        "--system",
        "pendulum",
        "--as-printed",
        "--count",
        "1",
        "--out",
        data.toString());
    try (var shard = SafetensorsFile.open(data.resolve("rollouts-00000.safetensors"))) {
      assertEquals("pendulum-as-printed", shard.metadata().get("system"));
      PhysicalSystem printed = Systems.byName("pendulum-as-printed");
      double[] q = shard.doubles("q");
      double[] p = shard.doubles("p");
      double before = printed.hamiltonian(0, new double[] {q[0], p[0]});
      assertEquals(before, printed.hamiltonian(0, new double[] {q[33], p[33]}), 1e-8);
    }
    String line =
        console.fail(ExitCode.FAILURE, "generate", "--system", "double-pendulum", "--as-printed");
    assertTrue(line.contains("its kinetic energy vanishes at q1 = q2 for p1 = -p2"), line);
    line =
        console.fail(
            ExitCode.FAILURE, "generate", "--system", HenonHeiles.class.getName(), "--as-printed");
    assertTrue(line.contains("has no printed form"), line);
  }

  /** Also for exceptions from writing threads. */
  @Test
  void aSystemThatFailsIsOneLine() {
    String line = failure("hgn.mechanics.TapeSystemTest$Slope");
    assertTrue(line.contains("TapeSystemTest$Slope: body 0 leaves the picture at frame"), line);
    line = failure("hgn.mechanics.TapeSystemTest$Fall");
    assertTrue(line.contains("TapeSystemTest$Fall: H is "), line);
    line = failure("hgn.mechanics.NoSuchThing");
    assertTrue(line.contains("hgn.mechanics.NoSuchThing is not on the class path"), line);
  }

  private String failure(String system) {
    Path data = folder.resolve(system);
    String line =
        console.fail(
            ExitCode.FAILURE,
            "generate",
            "--system",
            system,
            "--count",
            "40",
            "--out",
            data.toString());
    assertTrue(line.startsWith("hgn4j: ["), line);
    return line;
  }

  @Test
  void anExistingDataSetIsNotTouched() throws IOException {
    Path file = Files.writeString(folder.resolve("precious"), "data");
    String line =
        console.fail(
            ExitCode.FAILURE, "generate", "--system", "pendulum", "--out", folder.toString());
    assertTrue(line.contains("there are files in it already; choose a new"), line);
    assertEquals("data", Files.readString(file));
    line =
        console.fail(
            ExitCode.FAILURE, "generate", "--system", "pendulum", "--out", file + "/below");
    assertTrue(line.contains("cannot make the folder " + file), line);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2 | --size 4096 --frames 43 | --size 4096 is out of range; it must be from 8 to 4080",
        "2 | --size 1 | --size 1 is out of range; it must be from 8 to 4096",
        "2 | --size 2147483647 | --size 2147483647 is out of range",
        "2 | --size 500 --frames 10000 | it must be from 8 to 267",
        "1 | --count 2147483600 | --count 2147483600 takes 897 TB, but the disk has ",
        "1 | --count 2147483647 --format npz | --count 2147483647 takes ",
        "1 | --count 1000000000 --format png | lower --count, --frames or --size",
      })
  void whatIsTooLargeIsRefused(int code, String words, String message) {
    List<String> line = new ArrayList<>(List.of("generate", "--system", "mass-spring"));
    line.addAll(List.of(words.split(" ")));
    line.addAll(List.of("--out", folder.resolve("large").toString()));
    String said = console.fail(code, line.toArray(String[]::new));
    assertTrue(said.contains(message), said);
  }

  @Test
  void noClassIsNamedToWhoeverAsksForTooSmallFrames() {
    String line =
        console.fail(
            ExitCode.FAILURE,
            "generate",
            "--system",
            "three-body",
            "--size",
            "20",
            "--out",
            folder.resolve("small").toString());
    assertTrue(line.startsWith("hgn4j: [frames] resolution: at 20 pixels body 0"), line);
    assertTrue(line.endsWith("raise --size"), line);
  }

  @Test
  void twoProcessesDoNotMixTheirFilms() throws IOException {
    Path data = folder.resolve("shared");
    try (NewFolder other = RolloutFormat.PNG.claim(data)) {
      String line =
          console.fail(
              ExitCode.FAILURE,
              "generate",
              "--system",
              "pendulum",
              "--count",
              "1",
              "--out",
              data.toString());
      assertTrue(line.contains(LockHolder.self().describe() + " is writing into it"), line);
    }
    console.succeed("generate", "--system", "pendulum", "--count", "1", "--out", data.toString());
    try (Stream<Path> files = Files.list(data)) {
      assertEquals(2, files.count(), "a shard and the list");
    }
  }

  @Test
  void interruptedItSaysWhatIsThere() throws IOException, InterruptedException {
    Path data = folder.resolve("stopped");
    Process program =
        new Program(folder)
            .start(
                "generate", "--system", "three-body", "--count", "9000", "--out", data.toString());
    for (int i = 0; i < 600 && program.isAlive(); i++) {
      if (Files.exists(data.resolve("rollouts-00000.safetensors"))) {
        break;
      }
      Thread.sleep(20);
    }
    Signals.send("TERM", program.pid()); // a HUP is ignored by all that nohup has started
    assertEquals(128 + 15, program.waitFor());
    String said = new Program(folder).err();
    assertTrue(said.startsWith("hgn4j: stopped after "), said);
    assertTrue(said.contains(" of 9000 rollouts; the same command completes " + data), said);
    assertFalse(Files.exists(data.resolve("dataset.json")));
  }

  /** Whatever a killed process had written of its lock. */
  @ParameterizedTest
  @ValueSource(strings = {"", "elsewhere 12\n", "half a l", "localhost 999999999999\n"})
  void theLockOfAKilledProcessDoesNotMatter(String lock) throws IOException {
    Path data = Files.createDirectories(folder.resolve("locked"));
    Files.writeString(data.resolve(".writing"), lock);
    console.succeed("generate", "--system", "pendulum", "--count", "1", "--out", data.toString());
    assertFalse(Files.exists(data.resolve(".writing")));
  }

  @Test
  void anInterruptedDataSetIsCompleted() throws IOException {
    Path whole = folder.resolve("whole");
    Path part = folder.resolve("part");
    console.succeed(shards(whole));
    Files.createDirectories(part);
    Files.copy(
        whole.resolve("rollouts-00001.safetensors"), part.resolve("rollouts-00001.safetensors"));
    Files.writeString(part.resolve(".rollouts-00000.safetensors.tmp"), "half");
    console.succeed(shards(part));
    for (String file : List.of("rollouts-00000.safetensors", "dataset.json")) {
      assertArrayEquals(
          Files.readAllBytes(whole.resolve(file)), Files.readAllBytes(part.resolve(file)), file);
    }
    assertFalse(Files.exists(part.resolve(".rollouts-00000.safetensors.tmp")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--seed 8", "--system pendulum", "--frames 31", "--renderer smooth"})
  void thatOfOtherOptionsIsKept(String other) throws IOException {
    Path data = folder.resolve("data");
    console.succeed(shards(data));
    Files.delete(data.resolve("dataset.json"));
    Files.delete(data.resolve("rollouts-00001.safetensors"));
    byte[] shard = Files.readAllBytes(data.resolve("rollouts-00000.safetensors"));
    String line = console.fail(ExitCode.FAILURE, shards(data, other.split(" ")));
    assertTrue(line.contains("it is part of another data set, with "), line);
    assertArrayEquals(shard, Files.readAllBytes(data.resolve("rollouts-00000.safetensors")));
  }

  /** Options for two shards. */
  private static String[] shards(Path folder, String... others) {
    List<String> line = new ArrayList<>();
    line.add("generate");
    Map<String, String> options = new LinkedHashMap<>();
    options.put("--system", "mass-spring");
    options.put("--frames", "30");
    options.put("--size", "32");
    options.put("--count", "200");
    options.put("--out", folder.toString());
    for (int i = 0; i < others.length; i += 2) {
      options.put(others[i], others[i + 1]);
    }
    options.forEach((name, value) -> line.addAll(List.of(name, value)));
    return line.toArray(String[]::new);
  }

  @Test
  void badValuesAreOneLine() {
    String line = console.fail(ExitCode.USAGE, "generate");
    assertTrue(line.contains("--system"), line);
    line = console.fail(ExitCode.FAILURE, "generate", "--system", "pendulm");
    assertTrue(line.contains("did you mean 'pendulum'?"), line);
    line = console.fail(ExitCode.USAGE, "generate", "--system", "pendulum", "--count", "0");
    assertTrue(line.contains("--count 0 is out of range"), line);
  }
}
