package hgn.reproduce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.testing.CampaignEvents;
import hgn.testing.models.TinyTrainings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CampaignTest {
  private static final Training FIRST = TinyTrainings.of("first");
  private static final Training SECOND = TinyTrainings.of("second");
  private static final Training BROKEN = TinyTrainings.of("broken", "train.learning-rate=1e38");

  @TempDir private Path runs;
  private final List<String> events = new ArrayList<>();
  private Runnable afterStep = () -> {};

  private Campaign campaign() {
    events.clear();
    return new Campaign(runs, TinyTrainings::measure, new CampaignEvents(this::note));
  }

  private void note(String event) {
    events.add(event);
    if (event.startsWith("step ")) {
      afterStep.run();
    }
  }

  @Test
  void makesEachTrainingOnce() {
    List<Outcome> outcomes = campaign().run(List.of(FIRST, SECOND)).orElseThrow();
    assertEquals(
        List.of(
            "1/2 first",
            "step 1",
            "step 2",
            "step 3",
            "first measured",
            "2/2 second",
            "step 1",
            "step 2",
            "step 3",
            "second measured"),
        events);
    assertEquals(3, outcomes.get(1).value("steps"));
    List<Outcome> again = campaign().run(List.of(FIRST, SECOND)).orElseThrow();
    assertEquals(List.of("skipped first", "skipped second"), events);
    assertEquals(3, again.get(1).value("steps"));
  }

  @Test
  void goesOnWhereItWasStopped() {
    Campaign stopped = campaign();
    afterStep =
        () -> {
          if (events.contains("step 2")) {
            stopped.requestStop();
          }
        };
    assertEquals(Optional.empty(), stopped.run(List.of(FIRST, SECOND)));
    assertEquals(List.of("1/2 first", "step 1", "step 2"), events);
    afterStep = () -> {};
    assertTrue(campaign().run(List.of(FIRST, SECOND)).isPresent());
    assertEquals(
        List.of(
            "1/2 first",
            "step 3",
            "first measured",
            "2/2 second",
            "step 1",
            "step 2",
            "step 3",
            "second measured"),
        events);
  }

  @Test
  void measuresWhatWasTrainedButNotMeasured() throws IOException {
    campaign().run(List.of(FIRST));
    Files.delete(runs.resolve("first").resolve("evaluation.json"));
    assertEquals(3, campaign().run(List.of(FIRST)).orElseThrow().get(0).value("steps"));
    assertEquals(List.of("1/1 first", "first measured"), events);
  }

  @Test
  void oneThatFailsDoesNotStopTheOthers() {
    List<Outcome> outcomes = campaign().run(List.of(BROKEN, FIRST)).orElseThrow();
    assertFalse(outcomes.get(0).succeeded());
    assertTrue(outcomes.get(0).failure().contains("not finite"), outcomes.get(0).failure());
    assertTrue(outcomes.get(1).succeeded());
    assertTrue(Double.isNaN(outcomes.get(0).value("steps")));
  }

  @Test
  void writesEventsForTensorBoardAndWarnsWhereItCannot() throws IOException {
    Training shown = TinyTrainings.of("shown", "train.tensorboard=true");
    Path folder = runs.resolve("shown").resolve("tensorboard");
    campaign().run(List.of(shown));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(1, files.count());
    }
    Training blocked = TinyTrainings.of("blocked", "train.tensorboard=true");
    Path run = Files.createDirectories(runs.resolve("blocked"));
    Files.writeString(run.resolve("tensorboard"), "a file where the folder should be");
    Outcome outcome = campaign().run(List.of(blocked)).orElseThrow().get(0);
    assertTrue(outcome.succeeded(), outcome.failure());
    assertEquals(
        1,
        events.stream().filter(event -> event.startsWith("warning: ")).count(),
        events::toString);
  }

  @Test
  void refusesToContinueUnderOtherSettings() {
    campaign().run(List.of(FIRST));
    Training other = TinyTrainings.of("first", "train.learning-rate=1e-3");
    Outcome outcome = campaign().run(List.of(other)).orElseThrow().get(0);
    assertTrue(outcome.failure().contains("train.learning-rate"), outcome.failure());
    assertTrue(outcome.failure().contains("--out"), outcome.failure());
  }
}
