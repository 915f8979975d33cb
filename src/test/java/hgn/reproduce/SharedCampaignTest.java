package hgn.reproduce;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.files.FolderLock;
import hgn.files.LockHolder;
import hgn.files.StorageException;
import hgn.run.RunFolder;
import hgn.testing.CampaignEvents;
import hgn.testing.models.TinyTrainings;
import hgn.testing.programs.CampaignProgram;
import hgn.testing.programs.LockingProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several campaigns on one folder. */
@Timeout(240)
class SharedCampaignTest {
  private static final List<String> FIVE = List.of("a", "b", "c", "d", "e");

  @TempDir private Path folder;
  private final List<String> events = new CopyOnWriteArrayList<>();

  private Path runs() {
    return folder.resolve("runs");
  }

  private static Campaign campaign(Path runs, List<String> events) {
    return new Campaign(runs, TinyTrainings::measure, new CampaignEvents(events::add));
  }

  private static List<Training> trainings(List<String> names) {
    return names.stream().map(name -> TinyTrainings.of(name)).toList();
  }

  @Test
  void processesShareTheTrainings() throws IOException, InterruptedException {
    try (CampaignProgram one = CampaignProgram.start(runs(), folder.resolve("one"), 3, 400, FIVE);
        CampaignProgram two = CampaignProgram.start(runs(), folder.resolve("two"), 3, 400, FIVE)) {
      assertEquals(0, one.awaitEnd(), () -> "one failed");
      assertEquals(0, two.awaitEnd(), () -> "two failed");
      List<String> first = CampaignEvents.measured(one.events());
      List<String> second = CampaignEvents.measured(two.events());
      String shares = one.events() + "\n" + two.events();
      assertEquals(FIVE, Stream.concat(first.stream(), second.stream()).sorted().toList(), shares);
      assertTrue(!first.isEmpty() && !second.isEmpty(), shares);
    }
    campaign(runs(), events).run(trainings(FIVE));
    assertEquals(FIVE.stream().map(name -> "skipped " + name).toList(), events);
  }

  @Test
  void threadsShareTheTrainings() throws Exception {
    List<String> others = new ArrayList<>();
    CompletableFuture<Optional<List<Outcome>>> other =
        CompletableFuture.supplyAsync(() -> campaign(runs(), others).run(trainings(FIVE)));
    List<Outcome> mine = campaign(runs(), events).run(trainings(FIVE)).orElseThrow();
    List<Outcome> theirs = other.get(120, TimeUnit.SECONDS).orElseThrow();
    for (List<Outcome> outcomes : List.of(mine, theirs)) {
      assertEquals(FIVE, outcomes.stream().map(outcome -> outcome.training().name()).toList());
      assertTrue(outcomes.stream().allMatch(outcome -> outcome.value("steps") == 3));
    }
    List<String> made = new ArrayList<>(CampaignEvents.measured(events));
    made.addAll(CampaignEvents.measured(others));
    assertEquals(FIVE, made.stream().sorted().toList());
  }

  @Test
  void theHalfMadeRunOfADeadProcessIsTakenOver() throws IOException, InterruptedException {
    Training training = TinyTrainings.of("a", "train.steps=40");
    try (CampaignProgram other =
        CampaignProgram.start(runs(), folder.resolve("other"), 40, 200, List.of("a"))) {
      other.awaitEvent("step 3");
      LockHolder holder = new LockHolder(LockHolder.self().host(), other.pid());
      TrainingStatus locked = TrainingStatus.of(runs(), List.of(training)).get(0);
      assertEquals("locked by " + holder, locked.state());
      StorageException refused =
          assertThrows(StorageException.class, () -> campaign(runs(), events).runOnly(training));
      assertTrue(
          refused.getMessage().startsWith(runs().resolve("a") + ": " + holder.describe()),
          refused.getMessage());
      assertEquals(List.of(), events);

      CompletableFuture<Optional<List<Outcome>>> waiting =
          CompletableFuture.supplyAsync(() -> campaign(runs(), events).run(List.of(training)));
      while (!events.contains("waiting for 1")) {
        assertFalse(waiting.isDone(), events::toString);
        Thread.sleep(20);
      }
      other.awaitEvent("step 5");
      other.kill();
      Outcome outcome = waiting.join().orElseThrow().get(0);
      assertEquals(40, outcome.value("steps"));
      assertEquals(List.of("a is held by " + holder, "waiting for 1", "1/1 a"), head(3));
      int next = Integer.parseInt(events.get(3).replace("step ", ""));
      assertTrue(next >= 5, events.toString());
      assertEquals("a measured", events.get(events.size() - 1));
    }
    Path undisturbed = folder.resolve("undisturbed");
    campaign(undisturbed, new ArrayList<>()).run(List.of(training));
    assertArrayEquals(checkpoint(undisturbed), checkpoint(runs()));
  }

  private List<String> head(int count) {
    return events.subList(0, count);
  }

  private static byte[] checkpoint(Path runs) throws IOException {
    return Files.readAllBytes(RunFolder.open(runs.resolve("a")).lastCheckpoint());
  }

  @Test
  void othersRunsAreLeftForLater() throws IOException, InterruptedException {
    Path held = RunFolder.openOrCreate(runs(), "a").path();
    List<Outcome> outcomes;
    try (LockingProgram other = LockingProgram.on(held)) {
      LockHolder holder = new LockHolder(LockHolder.self().host(), other.pid());
      Campaign campaign =
          new Campaign(
              runs(),
              TinyTrainings::measure,
              new CampaignEvents(
                  event -> {
                    events.add(event);
                    if (event.startsWith("waiting")) {
                      kill(other);
                    }
                  }));
      outcomes = campaign.run(trainings(List.of("a", "b"))).orElseThrow();
      assertEquals(List.of("a is held by " + holder, "1/2 b"), head(2));
    }
    assertEquals(
        List.of("waiting for 1", "2/2 a", "step 1", "step 2", "step 3", "a measured"),
        events.subList(events.indexOf("waiting for 1"), events.size()));
    assertEquals("a", outcomes.get(0).training().name());
  }

  private static void kill(LockingProgram program) {
    try {
      program.kill();
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void whatAnotherMakesMeanwhileIsNotMadeAgain() {
    Path held = RunFolder.openOrCreate(runs(), "a").path();
    Training training = TinyTrainings.of("a");
    FolderLock lock = FolderLock.take(held);
    Campaign campaign =
        new Campaign(
            runs(),
            TinyTrainings::measure,
            new CampaignEvents(
                event -> {
                  events.add(event);
                  if (event.startsWith("waiting")) {
                    lock.close();
                    campaign(runs(), new ArrayList<>()).run(List.of(training));
                  }
                }));
    campaign.run(List.of(training));
    assertEquals(
        List.of("a is held by " + LockHolder.self(), "waiting for 1", "skipped a"), events);
  }

  @Test
  void waitingCanBeStopped() {
    Path held = RunFolder.openOrCreate(runs(), "a").path();
    try (FolderLock lock = FolderLock.take(held)) {
      List<Campaign> stopped = new ArrayList<>();
      Campaign campaign =
          new Campaign(
              runs(),
              TinyTrainings::measure,
              new CampaignEvents(
                  event -> {
                    if (event.startsWith("waiting")) {
                      stopped.get(0).requestStop();
                    }
                  }));
      stopped.add(campaign);
      assertEquals(Optional.empty(), campaign.run(trainings(List.of("a"))));
    }
  }

  @Test
  void oneAloneIsMadeAndNotTwice() {
    Training training = TinyTrainings.of("a");
    campaign(runs(), events).runOnly(training).orElseThrow();
    campaign(runs(), events).runOnly(training).orElseThrow();
    assertEquals(List.of("1/1 a", "step 1", "step 2", "step 3", "a measured", "skipped a"), events);
  }

  @Test
  void standingsSayHowFarEachIs() throws IOException {
    Training done = TinyTrainings.of("a");
    campaign(runs(), events).run(List.of(done));
    Training longer = TinyTrainings.of("a", "train.steps=9");
    Training other = TinyTrainings.of("a", "train.learning-rate=1e-3");
    Training absent = TinyTrainings.of("b");
    List<TrainingStatus> statuses = TrainingStatus.of(runs(), List.of(done, longer, other, absent));
    assertEquals(
        List.of("done", "begun at step 3", "unusable", "not begun"),
        statuses.stream().map(TrainingStatus::state).toList());
    assertEquals(List.of(3L, 9L, 3L, 3L), statuses.stream().map(TrainingStatus::steps).toList());
    assertTrue(statuses.get(2).problem().contains("train.learning-rate"));
    assertTrue(Files.notExists(runs().resolve("b")));

    Path checkpoint = RunFolder.open(runs().resolve("a")).lastCheckpoint();
    Files.writeString(checkpoint, "damaged");
    assertEquals("unusable", TrainingStatus.of(runs(), List.of(longer)).get(0).state());
    Files.delete(checkpoint);
    assertEquals("not begun", TrainingStatus.of(runs(), List.of(longer)).get(0).state());
  }
}
