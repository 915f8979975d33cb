package hgn.doctor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * An examination within a given time. Each stage is a process of its own, so that one that hangs or
 * crashes, or leaves the device unusable, costs its share of the time and no more. What a stage
 * leaves over, later ones may use.
 */
public final class StagedExam {
  /** Weight of the peers among the stages. */
  private static final int PEERS_WEIGHT = 12;

  private final Path file;
  private final Duration time;
  private final Function<Stage, List<String>> command;
  private final Optional<Peers> peers;

  /**
   * Creates an examination.
   *
   * @param file the report
   * @param time how long it may take
   * @param command the command line that runs a stage and adds to the report
   * @param peers other programs to time, after all stages
   */
  public StagedExam(
      Path file, Duration time, Function<Stage, List<String>> command, Optional<Peers> peers) {
    this.file = file;
    this.time = time;
    this.command = command;
    this.peers = peers;
  }

  /** Runs the stages in this order, the first of which the others depend on. */
  public boolean run(PrintWriter out, List<Stage> stages) {
    ReportFile.create(file);
    long start = System.nanoTime();
    int weights =
        stages.stream().mapToInt(Stage::weight).sum() + peers.map(p -> PEERS_WEIGHT).orElse(0);
    List<String> failed = new ArrayList<>();
    for (Stage stage : stages) {
      Duration share = share(start, stage.weight(), weights);
      weights -= stage.weight();
      out.println(title(stage.name(), share));
      if (!run(stage, share, out)) {
        failed.add(stage.name());
        if (stage == stages.get(0)) {
          break;
        }
      }
    }
    if (peers.isPresent() && failed.stream().noneMatch(stages.get(0).name()::equals)) {
      Duration share = share(start, 1, 1);
      out.println(title("peers", share));
      peers.get().run(out, ReportFile.open(file), share); // theirs is no failure of ours
    }
    ReportFile.open(file).passed(failed.isEmpty());
    if (!failed.isEmpty()) {
      out.println("Not passed: " + String.join(", ", failed) + ".");
    }
    return failed.isEmpty();
  }

  private Duration share(long start, int weight, int weights) {
    Duration left = time.minusNanos(System.nanoTime() - start);
    return left.isNegative() ? Duration.ZERO : left.multipliedBy(weight).dividedBy(weights);
  }

  private static String title(String name, Duration share) {
    return String.format(
        Locale.ROOT, "-- %s, at most %.0f s", name, Math.ceil(share.toMillis() / 1000.0));
  }

  private boolean run(Stage stage, Duration share, PrintWriter out) {
    ReportFile before = ReportFile.open(file);
    entry(before, stage).put("share_s", share.toMillis() / 1000.0).put("running", true);
    before.save();
    TimedProcess.Outcome outcome =
        TimedProcess.run(
            command.apply(stage),
            Path.of(""),
            Map.of(),
            share,
            line -> {
              out.println(line);
              out.flush();
            });
    outcome
        .failure()
        .filter(reason -> !reason.equals(outcome.lastLine()))
        .ifPresent(reason -> out.println(stage.name() + " FAILED: " + reason));
    ReportFile after = ReportFile.open(file);
    ObjectNode entry = entry(after, stage);
    entry.remove("running");
    entry.put("seconds", outcome.seconds()).put("passed", outcome.passed());
    outcome.failure().ifPresent(reason -> entry.put("failure", reason));
    after.save();
    out.flush();
    return outcome.passed();
  }

  private static ObjectNode entry(ReportFile report, Stage stage) {
    return report.root().withObjectProperty("stages").withObjectProperty(stage.name());
  }
}
