package hgn.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hgn.tensor.Backend;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stages that pass, fail, crash and hang; shell commands stand for them. */
class StagedExamTest {
  private static final Exam.Size SIZE =
      new Exam.Size("quick", 3, List.of(1, 2), 1, 2, 64, 4096, 1, 10);

  @TempDir Path folder;
  private final StringWriter printed = new StringWriter();

  private static BackendCheck check(String name) {
    return new BackendCheck() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Outcome run(Backend backend) {
        throw new AssertionError("it runs in another process");
      }
    };
  }

  private boolean run(int seconds, Optional<Peers> peers, Function<String, String> script) {
    List<Stage> stages =
        Stage.all(SIZE, List.of(check("hanging"), check("crashing"), check("failing")));
    return new StagedExam(
            file(),
            Duration.ofSeconds(seconds),
            stage -> List.of("sh", "-c", script.apply(stage.name())),
            peers)
        .run(new PrintWriter(printed, true), stages);
  }

  private Path file() {
    return folder.resolve("report.json");
  }

  private JsonNode report() throws IOException {
    return new ObjectMapper().readTree(file().toFile());
  }

  @Test
  void whatHangsCrashesOrFailsIsNamedAndTheRestRunsInTime() throws Exception {
    Path child = folder.resolve("child");
    long start = System.nanoTime();
    assertFalse(
        run(
            8,
            Optional.empty(),
            name ->
                switch (name) {
                  case "hanging" -> "sleep 100 & echo $! > " + child + "; wait";
                  case "crashing" -> "echo before; kill -SEGV $$";
                  case "failing" -> "echo FAILED: two and two; exit 1";
                  default -> "echo " + name + " is well";
                }));
    double seconds = (System.nanoTime() - start) * 1e-9;
    assertTrue(seconds < 8, seconds + " s");
    JsonNode stages = report().path("stages");
    assertEquals(
        "ended when its share of the time was used up",
        stages.at("/hanging/failure").asText(),
        stages.toString());
    assertTrue(
        stages.at("/hanging/seconds").asDouble() >= stages.at("/hanging/share_s").asDouble(9));
    assertEquals(
        "ended by itself with exit code 139, last line: before",
        stages.at("/crashing/failure").asText());
    assertEquals("FAILED: two and two", stages.at("/failing/failure").asText());
    for (String name : List.of("device", "precision", "step", "times", "training")) {
      assertTrue(stages.path(name).path("passed").asBoolean(), name + " " + stages);
    }
    assertFalse(report().path("passed").asBoolean(true));
    String text = printed.toString();
    assertTrue(text.contains("training is well"), text);
    assertTrue(text.contains("Not passed: hanging, crashing, failing."), text);
    long pid = Long.parseLong(Files.readString(child).strip());
    Path command = Path.of("/proc", Long.toString(pid), "cmdline"); // empty once it has ended
    assertFalse(
        Files.exists(command) && Files.readString(command).contains("sleep"),
        "what it has started ends too");
  }

  @Test
  void withoutADeviceNothingElseIsRun() throws IOException {
    assertFalse(run(20, Optional.empty(), name -> "echo hgn4j: no driver >&2; exit 1"));
    assertEquals(1, report().path("stages").size(), report().toString());
    assertEquals("hgn4j: no driver", report().at("/stages/device/failure").asText());
  }

  @Test
  void allThatPassesIsWellAndTheReportIsThereWhileAStageRuns() throws IOException {
    Path seen = folder.resolve("seen");
    assertTrue(
        run(
            20,
            Optional.empty(),
            name -> name.equals("times") ? "cp " + file() + " " + seen : "true"));
    assertTrue(report().path("passed").asBoolean());
    JsonNode before = new ObjectMapper().readTree(seen.toFile());
    assertTrue(before.at("/stages/times/running").asBoolean(), before.toString());
    assertTrue(before.at("/stages/step/passed").asBoolean(), before.toString());
    assertTrue(report().at("/stages/times/running").isMissingNode());
  }

  private Path python(String script) throws IOException {
    Path python = folder.resolve("python");
    Files.writeString(python, "#!/bin/sh\n" + script);
    assertTrue(python.toFile().setExecutable(true));
    return python;
  }

  @Test
  void peersRunLastAndWhatTheyPrintIsReported() throws IOException {
    Files.writeString(folder.resolve("hgn_torch.py"), "");
    Files.writeString(folder.resolve("hgn_jax.py"), "");
    Path python =
        python(
            """
            case "$*" in
              *jax*rollout*) echo '{"bench": "rollout", "error": "out of memory"}'; exit 1;;
              *jax*) echo 'jax is not installed' >&2; exit 1;;
              *"--batch 64"*) echo '{"bench": "step"'; kill -9 $$;;
            esac
            echo some message
            echo "{\\"bench\\": \\"step\\", \\"median_s\\": 0.25, \\"options\\": \\"$*\\"}"
            """);
    assertTrue(Peers.in(folder));
    Peers peers = Peers.of(folder, python.toString());
    assertTrue(run(30, Optional.of(peers), name -> "true"), printed.toString());
    JsonNode rows = report().path("peers").path("rows");
    assertEquals(6, rows.size(), rows.toString());
    assertEquals(0.25, rows.path(0).path("median_s").asDouble());
    assertTrue(rows.path(0).path("options").asText().contains("--cuda-graph"), rows.toString());
    assertFalse(rows.path(1).path("options").asText().contains("--cuda-graph"), rows.toString());
    JsonNode failures = report().path("peers").path("failures");
    assertEquals(5, failures.size(), failures.toString());
    assertTrue(failures.toString().contains("jax is not installed"), failures.toString());
    assertTrue(failures.toString().contains("exit code 137"), failures.toString());
    assertTrue(failures.toString().contains("out of memory"), failures.toString());
    assertTrue(printed.toString().contains("median 250.0 ms"), printed.toString());
  }

  @Test
  void aMissingInterpreterIsSaid() throws IOException {
    Files.writeString(folder.resolve("hgn_torch.py"), "");
    Peers peers = Peers.of(folder, folder.resolve("nothing").toString());
    assertTrue(run(20, Optional.of(peers), name -> "true"));
    assertTrue(
        report().path("peers").path("failures").toString().contains("nothing"),
        report().toString());
  }
}
