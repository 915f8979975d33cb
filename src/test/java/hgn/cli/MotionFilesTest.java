package hgn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hgn.cli.console.ExitCode;
import hgn.films.FilmSet;
import hgn.films.source.FilmProgress;
import hgn.films.source.FrameResizer;
import hgn.report.VideoExport;
import hgn.testing.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Motions of a trained run, written for other programs. */
class MotionFilesTest {
  @TempDir static Path folder;
  private static String run;

  private final Console console = new Console();

  @BeforeAll
  static void train() {
    new Console()
        .succeed(
            Console.train(List.of("train.steps=2"), "--runs", folder.toString(), "--name", "run"));
    run = folder.resolve("run").toString();
  }

  private List<String> table(String command, String... more) throws IOException {
    Path file = folder.resolve(command + ".csv");
    List<String> line = new ArrayList<>(List.of(command, run, "--format", "csv"));
    line.addAll(List.of("--frames", "4", "--out", file.toString()));
    line.addAll(List.of(more));
    assertTrue(console.succeed(line.toArray(String[]::new)).contains("table  " + file));
    return Files.readAllLines(file);
  }

  @Test
  void aTableHoldsTimesStatesAndEnergies() throws IOException {
    List<String> lines = table("rollout", "--reverse");
    assertTrue(lines.get(0).matches("t(,q\\d+)+(,p\\d+)+,H"), lines.get(0));
    assertEquals(5, lines.size());
    int columns = lines.get(0).split(",").length;
    double step = time(lines.get(2), 0) - time(lines.get(1), 0);
    assertTrue(step < 0, "backward in time");
    for (String line : lines.subList(1, 5)) {
      assertEquals(columns, line.split(",").length);
    }
    List<String> samples = table("sample", "--count", "3");
    assertTrue(samples.get(0).startsWith("motion,t,"), samples.get(0));
    assertEquals(1 + 3 * 4, samples.size());
    assertEquals(0, time(samples.get(5), 1), "each begins at 0");
  }

  private static double time(String line, int column) {
    return Double.parseDouble(line.split(",")[column]);
  }

  @Test
  void anArchiveHoldsThemToo() throws IOException {
    Path file = folder.resolve("rollout.npz");
    console.succeed("rollout", run, "--frames", "4", "--format", "npz", "--out", file.toString());
    try (ZipFile zip = new ZipFile(file.toFile())) {
      List<String> names = Collections.list(zip.entries()).stream().map(ZipEntry::getName).toList();
      assertEquals(
          List.of("truth.npy", "prediction.npy", "t.npy", "states.npy", "energies.npy"), names);
    }
  }

  @Test
  void aFilmIsReadAgain() {
    assumeTrue(VideoExport.isPossible(), "ffmpeg is here");
    Path file = folder.resolve("rollout.mp4");
    String said =
        console.succeed(
            "rollout", run, "--frames", "4", "--format", "mp4", "--out", file.toString());
    assertTrue(said.contains("film   " + file), said);
    assertTrue(Files.exists(folder.resolve("rollout.png")), "the strip");
    FilmSet film =
        FilmSet.open(file, "", new FrameResizer(64, 3, false), false, FilmProgress.SILENT);
    assertEquals(4, film.frames(0));
    float[] frame = new float[film.frameLength()];
    film.read(0, 1, frame, 0);
    assertFalse(frame[0] == frame[frame.length / 2], "a frame on white");
  }

  @Test
  void theEndingOfTheFileChoosesTheFormat() {
    Path table = folder.resolve("ending.csv");
    assertTrue(
        console
            .succeed("rollout", run, "--frames", "3", "--out", table.toString())
            .contains("table  " + table));
    Path arrays = folder.resolve("ending.npz");
    assertTrue(
        console
            .succeed("sample", run, "--count", "2", "--frames", "3", "--out", arrays.toString())
            .contains("arrays " + arrays));
    assertTrue(
        console
            .fail(ExitCode.USAGE, "rollout", run, "--out", folder.resolve("film.avi").toString())
            .contains("film.avi must be a file name ending in .gif"));
  }

  /** One line, and no film of NaN. */
  @Test
  void aMotionThatLeavesAllBoundsIsRefused() {
    Path film = folder.resolve("far.npz");
    String line =
        console.fail(
            ExitCode.FAILURE,
            ("rollout " + run + " --frames 5000 --speed 100 --out " + film).split(" "));
    assertTrue(
        line.matches("(?s).*leaves all bounds after \\d+ of 5000 frames; give --frames \\d+.*"),
        line);
    assertFalse(Files.exists(film));
    String least = line.replaceAll("(?s).*--frames (\\d+) or less.*", "$1");
    console.succeed("rollout", run, "--frames", least, "--speed", "100", "--out", film.toString());
  }
}
