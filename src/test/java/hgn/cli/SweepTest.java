package hgn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.cli.console.ExitCode;
import hgn.testing.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepTest {
  @TempDir Path folder;
  private final Console console = new Console();
  private String file;
  private String out;

  @BeforeEach
  void write() throws IOException {
    file = folder.resolve("batches.yaml").toString();
    out = folder.resolve("out").toString();
    Files.writeString(
        Path.of(file),
        """
        settings:
          train: {steps: 2, evaluate-every: 1, evaluate-rollouts: 2}
          data: {train-rollouts: 8, test-rollouts: 2}
        grid: {train.batch: [2, 3]}
        """);
  }

  @Test
  void everyTrainingIsMadeAndSetBesideTheOthers() throws IOException {
    String said = console.succeed("sweep", file, "--out", out);
    assertTrue(said.contains("page    " + out), said);
    String page = Files.readString(Path.of(out, "sweep.md"));
    assertTrue(page.contains("| batch2 | 2 |"), page);
    assertTrue(page.contains("| batch3 | 3 |"), page);
    assertTrue(page.contains("Best: batch"), page);
    assertTrue(Files.size(Path.of(out, "pictures", "coordinates.png")) > 1000);
    assertTrue(console.succeed("sweep", file, "--out", out).contains("batch2 is made already"));
  }

  @Test
  void theLastTaskWritesThePage() {
    assertTrue(console.succeed("sweep", file, "--out", out, "--task", "2").contains("batch3"));
    assertFalse(Files.exists(Path.of(out, "sweep.html")));
    String list = console.succeed("sweep", file, "--out", out, "--list");
    assertTrue(list.matches("(?s)batch2 +not begun.*batch3 +done.*"), list);
    assertTrue(
        console.succeed("sweep", file, "--out", out, "--task", "1").contains("page    " + out));
  }

  @Test
  void whatFailedIsNamedInThePage() throws IOException {
    String rate = "train.learning-rate=1e30";
    assertEquals(ExitCode.FAILURE, console.run("sweep", file, "--out", out, "--set", rate));
    String page = Files.readString(Path.of(out, "sweep.md"));
    assertTrue(page.contains("Without a result"), page);
    assertTrue(page.contains("not finite"), page);
    String list = console.succeed("sweep", file, "--out", out, "--set", rate, "--list");
    assertTrue(list.contains("failed"), list);
  }

  @Test
  void aJobIsReadyToBeSubmitted() throws IOException {
    String script = folder.resolve("a.sbatch").toString();
    String said = console.succeed("sweep", file, "--out", out, "--slurm", script, "--cores", "1");
    assertTrue(said.contains("submit with: sbatch " + script), said);
    String text = Files.readString(Path.of(script));
    assertTrue(text.contains("--array=1-2"), text);
    assertTrue(text.contains("--set engine.threads=1 --task \"$SLURM_ARRAY_TASK_ID\""), text);
    assertFalse(Files.exists(Path.of(out, "runs")), "nothing is trained");
  }

  @Test
  void contradictionsAreRefused() {
    assertTrue(
        console
            .fail(ExitCode.USAGE, "sweep", file, "--list", "--task", "1")
            .contains("--list and --task exclude each other"));
    assertTrue(
        console
            .fail(ExitCode.USAGE, "sweep", file, "--task", "3")
            .contains("it must be from 1 to 2"));
    assertEquals(
        1, console.fail(ExitCode.USAGE, "sweep", folder.resolve("no").toString()).lines().count());
  }
}
