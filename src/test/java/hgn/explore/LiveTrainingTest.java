package hgn.explore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hgn.cli.console.ExitCode;
import hgn.config.ConfigLoader;
import hgn.predict.Estimate;
import hgn.run.RunFolder;
import hgn.testing.Console;
import hgn.train.Experiment;
import hgn.train.Trainer;
import hgn.train.TrainingListener;
import hgn.train.TrainingStep;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training that is watched. */
class LiveTrainingTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> SETTINGS =
      List.of("train.steps=6", "train.evaluate-every=3", "train.log-every=1");

  @TempDir Path folder;
  private final Console console = new Console();

  private String[] train(String name, String... more) {
    List<String> line = new ArrayList<>(List.of("--runs", folder.toString(), "--name", name));
    line.addAll(List.of(more));
    return Console.train(SETTINGS, line.toArray(String[]::new));
  }

  @Test
  void numbersAndFilmsAreThereWhileItTrains() throws IOException {
    console.succeed(train("plain"));
    RunFolder plain = RunFolder.open(folder.resolve("plain"));
    RunFolder other = RunFolder.create(folder, "live");
    List<JsonNode> seen = new ArrayList<>();
    try (Experiment experiment = new Experiment(ConfigLoader.ofRun(plain.config(), List.of()))) {
      LiveTraining live = new LiveTraining(experiment);
      live.in(other);
      TrainingListener asking = new Asking(live, seen);
      new Trainer(experiment, other, TrainingListener.all(live, asking)).start();
      live.ended();
      seen.add(ask(live, 4));
      assertThrows(RequestException.class, () -> live.answer("film", new Query(null)));
    }
    JsonNode first = seen.get(0);
    assertTrue(first.path("running").asBoolean());
    assertEquals(3, first.path("step").asInt());
    assertEquals(6, first.path("total").asInt());
    assertEquals("[1,2,3]", first.at("/losses/steps").toString());
    assertEquals(3, first.at("/losses/series/gradient_norm").size());
    assertTrue(first.at("/losses/series/rate/0").asDouble() > 0);
    assertEquals("[3]", first.at("/evaluations/steps").toString());
    assertEquals(3, first.at("/films/step").asInt());
    assertEquals(
        first.at("/films/truth").asText().length(),
        first.at("/films/prediction").asText().length());
    assertEquals(4, first.at("/films/samples").size());
    JsonNode last = seen.get(seen.size() - 1);
    assertFalse(last.path("running").asBoolean());
    assertEquals("[5,6]", last.at("/losses/steps").toString(), "only what is new");
    assertEquals(6, last.at("/films/step").asInt());
  }

  private static JsonNode ask(LiveTraining live, long after) {
    try {
      return JSON.readTree(live.answer("live", new Query("after=" + after)).body());
    } catch (IOException broken) {
      throw new IllegalStateException(broken);
    }
  }

  /** Asks at each evaluation, as a page does. */
  private record Asking(LiveTraining live, List<JsonNode> seen) implements TrainingListener {
    @Override
    public void stepped(long done, long total, TrainingStep.Losses losses) {
      // asked at evaluations
    }

    @Override
    public void evaluated(long done, Estimate validation, boolean best) {
      seen.add(ask(live, -1));
    }
  }

  @Test
  void watchingChangesNoByteOfTheRun() throws IOException {
    console.succeed(train("alone"));
    String printed = console.succeed(train("watched", "--watch", "--port", "0"));
    assertTrue(printed.contains("watch http://127.0.0.1:"), printed);
    for (String file : List.of("checkpoints/last.safetensors", "metrics.jsonl")) {
      assertArrayEquals(
          Files.readAllBytes(folder.resolve("alone").resolve(file)),
          Files.readAllBytes(folder.resolve("watched").resolve(file)),
          file);
    }
  }

  @Test
  void aPortThatIsTakenLeavesNoRun() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      String line = console.fail(ExitCode.FAILURE, train("none", "--watch", "--port", port));
      assertTrue(line.contains("cannot listen on 127.0.0.1:" + port), line);
      assertTrue(line.contains("another --port"), line);
    }
    assertFalse(Files.exists(folder.resolve("none")));
    String line =
        console.fail(ExitCode.USAGE, train("none", "--watch", "--host", "0.0.0.0", "--port", "0"));
    assertTrue(line.contains("--token"), line);
    line = console.fail(ExitCode.USAGE, train("none", "--watch", "--token", "short"));
    assertTrue(line.contains("16 to 128 letters"), line);
    assertFalse(Files.exists(folder.resolve("none")));
  }

  @Test
  void exploreNamesWhatIsNoRun() {
    String line = console.fail(ExitCode.FAILURE, "explore", folder.resolve("nothing").toString());
    assertTrue(line.contains("nothing"), line);
  }
}
