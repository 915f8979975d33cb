package hgn.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.frames.Renderers;
import hgn.frames.Rollout;
import hgn.frames.RolloutGenerator;
import hgn.frames.Split;
import hgn.physics.Systems;
import hgn.tensor.Shape;
import hgn.train.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

  @Test
  void anExistingDataSetIsNotTouched() throws IOException {
    Path file = Files.writeString(folder.resolve("precious"), "data");
    String line =
        console.fail(
            ErrorReport.FAILURE, "generate", "--system", "pendulum", "--out", folder.toString());
    assertTrue(line.contains("there are files in it already; choose a new"), line);
    assertEquals("data", Files.readString(file));
    line =
        console.fail(
            ErrorReport.FAILURE, "generate", "--system", "pendulum", "--out", file + "/below");
    assertTrue(line.contains("cannot make the folder " + file), line);
  }

  @Test
  void badValuesAreOneLine() {
    String line = console.fail(ErrorReport.USAGE, "generate");
    assertTrue(line.contains("--system"), line);
    line = console.fail(ErrorReport.FAILURE, "generate", "--system", "pendulm");
    assertTrue(line.contains("did you mean 'pendulum'?"), line);
    line = console.fail(ErrorReport.USAGE, "generate", "--system", "pendulum", "--count", "0");
    assertTrue(line.contains("--count 0 is out of range"), line);
  }
}
