package hgn.reproduce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.train.Experiment;
import hgn.train.Score;
import hgn.train.TrainingListener;
import hgn.train.TrainingStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CampaignTest {
  private static final List<String> TINY =
      List.of(
          "train.batch=2",
          "train.evaluate-rollouts=2",
          "train.evaluate-every=0",
          "train.checkpoint-every=1",
          "train.steps=3",
          "data.workers=1",
          "model.frames-out=4",
          "train.past-frames=0",
          "train.decode-frames=2");

  private static final Training FIRST = training("first");
  private static final Training SECOND = training("second");
  private static final Training BROKEN = training("broken", "train.learning-rate=1e38");

  @TempDir private Path runs;
  private final List<String> events = new ArrayList<>();
  private Runnable afterStep = () -> {};

  private static Training training(String name, String... more) {
    List<String> settings = new ArrayList<>(TINY);
    settings.addAll(List.of(more));
    return new Training(name, settings);
  }

  private final CampaignListener listener =
      new CampaignListener() {
        @Override
        public TrainingListener training(
            int number, int count, Training training, Experiment experiment) {
          events.add(number + "/" + count + " " + training.name());
          return new TrainingListener() {
            @Override
            public void stepped(long done, long total, TrainingStep.Losses losses) {
              events.add("step " + done);
              afterStep.run();
            }

            @Override
            public void evaluated(long done, Score test, boolean best) {
              // of no interest here
            }
          };
        }

        @Override
        public void skipped(Training training) {
          events.add("skipped " + training.name());
        }

        @Override
        public void ended(Outcome outcome) {
          events.add(outcome.training().name() + (outcome.succeeded() ? " measured" : " failed"));
        }
      };

  private Campaign campaign() {
    events.clear();
    return new Campaign(runs, CampaignTest::measure, listener);
  }

  private static Map<String, Double> measure(Experiment experiment) {
    return Map.of("steps", (double) experiment.adam().steps());
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
  void refusesToContinueUnderOtherSettings() {
    campaign().run(List.of(FIRST));
    Training other = training("first", "train.learning-rate=1e-3");
    Outcome outcome = campaign().run(List.of(other)).orElseThrow().get(0);
    assertTrue(outcome.failure().contains("train.learning-rate"), outcome.failure());
    assertTrue(outcome.failure().contains("--out"), outcome.failure());
  }
}
