package hgn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hgn.cli.console.ExitCode;
import hgn.testing.Console;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs beside one another, and what is no run. */
class CompareTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern PICTURE =
      Pattern.compile("data:image/(png|gif);base64,([A-Za-z0-9+/=]+)");

  @TempDir private static Path folder;
  @TempDir private Path other;
  private final Console console = new Console();

  @BeforeAll
  static void train() {
    train("one", "train.steps=4");
    train("two", "train.steps=6", "model.integrator=rk4");
    train("pendulum", "train.steps=2", "data.system=pendulum");
    new Console().succeed("evaluate", run("two"), "--rollouts", "2");
  }

  private static void train(String name, String... settings) {
    new Console()
        .succeed(Console.train(List.of(settings), "--runs", folder.toString(), "--name", name));
  }

  private static String run(String name) {
    return folder.resolve(name).toString();
  }

  private static JsonNode json(Path file) throws IOException {
    return JSON.readTree(Files.readString(file));
  }

  @Test
  void tablesShowTheSettingsThatDifferAndWhatCameOut() throws IOException {
    String table = console.succeed("compare", run("one"), run("two"));
    assertTrue(table.matches("(?s).*model\\.integrator +leapfrog +rk4\\n.*"), table);
    assertTrue(table.matches("(?s).*train\\.steps +4 +6\\n.*"), table);
    assertFalse(table.contains("train.batch"), table);
    JsonNode summary = json(folder.resolve("one/summary.json"));
    String error = String.format(Locale.ROOT, "%.2fe-4", 1e4 * summary.path("test_mse").asDouble());
    assertTrue(table.matches("(?s).*test MSE +summary\\.json +" + error + " \\+- .*"), table);
    assertTrue(table.matches("(?s).*backward_mse +evaluation\\.json +- +\\S+e-4 \\+- .*"), table);
  }

  @Test
  void jsonHasTheFilesNumbersUnderTheirNames() throws IOException {
    JsonNode tree = JSON.readTree(console.succeed("compare", run("one"), run("two"), "--json"));
    assertEquals("rk4", tree.at("/settings/model.integrator/two").asText());
    assertEquals(run("one"), tree.at("/runs/one").asText());
    JsonNode results = tree.path("results");
    for (String name : List.of("one", "two")) {
      JsonNode summary = json(folder.resolve(name + "/summary.json"));
      JsonNode found = results.path("summary.json").path("test_mse").path(name);
      assertEquals(summary.path("test_mse"), found.path("value"));
      assertEquals(summary.path("test_mse_interval"), found.path("interval"));
      assertEquals(
          summary.path("steps").asLong(),
          results.at("/metrics.jsonl/steps/" + name + "/value").asLong());
      assertEquals(
          summary.path("validation_mse"),
          results.at("/metrics.jsonl/validation_mse/" + name + "/value"));
      assertTrue(results.at("/times.jsonl/training_seconds/" + name + "/value").asDouble() > 0);
    }
    JsonNode evaluation = json(folder.resolve("two/evaluation.json"));
    assertEquals(
        evaluation.path("backward_mse"), results.at("/evaluation.json/backward_mse/two/value"));
    assertTrue(results.at("/evaluation.json/backward_mse/one").isEmpty());
  }

  @Test
  void thePageHasCurvesAndTheSameClipsOfBoth() throws IOException {
    Path page = other.resolve("page.html");
    String printed =
        console.succeed(
            "compare", run("one"), run("two"), "--out", page.toString(), "--clips", "1");
    assertTrue(printed.contains("written to " + page), printed);
    String html = Files.readString(page);
    assertTrue(html.contains("<td>model.integrator</td>"), "settings");
    assertTrue(html.contains("Test clip 0"), "films");
    List<byte[]> pictures = pictures(html);
    assertEquals(3, pictures.size(), "curves, a strip and a film");
    int strip = ImageIO.read(new ByteArrayInputStream(pictures.get(1))).getHeight();
    assertTrue(strip > 3 * 96 && strip < 4 * 96, "truth and two runs: " + strip);
    assertEquals(4, frames(pictures.get(2)));
    try (Stream<Path> files = Files.list(other)) {
      assertEquals(List.of(page), files.toList(), "nothing is left beside it");
    }
  }

  private static List<byte[]> pictures(String html) {
    List<byte[]> pictures = new ArrayList<>();
    Matcher found = PICTURE.matcher(html);
    while (found.find()) {
      pictures.add(Base64.getDecoder().decode(found.group(2)));
    }
    return pictures;
  }

  private static int frames(byte[] gif) throws IOException {
    ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(gif))) {
      reader.setInput(in);
      return reader.getNumImages(true);
    } finally {
      reader.dispose();
    }
  }

  @Test
  void whoSeesOtherFilmsIsLeftOutOfThemWithTheReason() throws IOException {
    Path page = other.resolve("page.html");
    String printed =
        console.succeed(
            "compare", run("one"), run("pendulum"), run("two"), "--out", page.toString());
    String reason = "pendulum is in no film: data.system is pendulum, but mass-spring in one";
    assertTrue(printed.contains("note: " + reason), printed);
    String html = Files.readString(page);
    assertTrue(html.contains(reason), "the page says so too");
    assertEquals(5, pictures(html).size(), "curves, two strips, two films");
    console.succeed("compare", run("one"), run("pendulum"), "--out", page.toString());
    String alone = Files.readString(page);
    assertTrue(alone.contains("No two runs see the same clips"), alone);
    assertEquals(1, pictures(alone).size(), "curves");
  }

  @Test
  void aRunThatIsNotFinishedIsComparedAsFarAsItHasCome() throws IOException {
    Path going = copy("one", "going");
    Files.delete(going.resolve("summary.json"));
    String table = console.succeed("compare", run("one"), going.toString());
    assertTrue(table.startsWith("the configurations are the same"), table);
    assertTrue(table.matches("(?s).*test MSE +summary\\.json +\\S+ \\+- \\S+ +-\\n.*"), table);
    assertTrue(table.matches("(?s).*steps logged +metrics\\.jsonl +4 +4\\n.*"), table);
  }

  private Path copy(String name, String as) throws IOException {
    Path copy = Files.createDirectories(other.resolve(as).resolve("checkpoints")).getParent();
    try (Stream<Path> files = Files.walk(folder.resolve(name))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, copy.resolve(folder.resolve(name).relativize(file).toString()));
      }
    }
    return copy;
  }

  @Test
  void whatIsNoWholeRunIsOneLine() throws IOException {
    Path damaged = copy("one", "damaged");
    Files.writeString(damaged.resolve("summary.json"), "{\"test_mse\": 0.0");
    assertFails(damaged, damaged.resolve("summary.json") + ": it is damaged");
    Files.delete(damaged.resolve("metrics.jsonl"));
    assertFails(damaged, damaged + ": the run has no metrics yet; train it first");
    Files.writeString(damaged.resolve("config.yaml"), "");
    assertFails(damaged, damaged.resolve("config.yaml") + ": it is empty");
    Files.writeString(damaged.resolve("config.yaml"), "flow:\n  steps: 3\n");
    assertFails(damaged, damaged + ": its configuration is not that of a film model");
    Files.delete(damaged.resolve("config.yaml"));
    assertFails(damaged, damaged + ": it is not the folder of a run");
    assertFails(other.resolve("absent"), "there is no such run");
    assertFails(folder.resolve("one"), "this run is named twice");
  }

  private void assertFails(Path run, String message) {
    String line = console.fail(ExitCode.FAILURE, "compare", run("one"), run.toString());
    assertTrue(line.contains(message), line);
  }

  @Test
  void aRunWithoutACheckpointHasNoFilms() throws IOException {
    Path bare = copy("two", "bare");
    Files.delete(bare.resolve("checkpoints/best.safetensors"));
    Files.delete(bare.resolve("checkpoints/last.safetensors"));
    Path page = other.resolve("page.html");
    String line =
        console.fail(
            ExitCode.FAILURE, "compare", run("one"), bare.toString(), "--out", page.toString());
    assertTrue(line.contains("there is no such file"), line);
    assertTrue(Files.notExists(page));
    console.succeed(
        "compare", run("one"), bare.toString(), "--out", page.toString(), "--clips", "0");
    assertEquals(1, pictures(Files.readString(page)).size(), "curves alone");
  }

  @Test
  void optionsOutOfRangeAreNamed() {
    assertTrue(
        console
            .fail(ExitCode.USAGE, "compare", run("one"), run("two"), "--clips", "17")
            .contains("--clips 17 is out of range; it must be from 0 to 16"));
    assertTrue(
        console
            .fail(ExitCode.USAGE, "compare", run("one"), run("two"), "--out", "page.pdf")
            .contains("must be a file name ending in .html"));
    assertTrue(console.fail(ExitCode.USAGE, "compare", run("one")).contains("at least 2"));
  }
}
