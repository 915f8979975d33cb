package hgn.fuzzing;

import hgn.compare.RunComparison;
import hgn.evaluate.EvaluationFile;
import hgn.explore.RunNumbers;
import hgn.files.FolderLock;
import hgn.files.LockLines;
import hgn.report.MetricsCurves;
import hgn.run.EvaluationTimes;
import hgn.run.MetricsLog;
import hgn.run.RunFolder;
import hgn.tensorboard.EventCut;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The files that a training finds in its run's folder when it resumes, and what others read. */
public final class RunFolderFuzz {
  private static final Sandbox SANDBOX = new Sandbox();
  private static final String EVENTS = "events.out.tfevents.1700000000.host";
  private static final List<String> FILES =
      List.of("metrics.jsonl", "times.jsonl", "evaluation.json", "summary.json", "lock", EVENTS);
  private static final long STEP = 5;

  private RunFolderFuzz() {}

  /** Loads what takes long the first time. */
  public static void fuzzerInitialize() {
    fuzzerTestOneInput(new byte[0]);
  }

  /** Reads one of the files, by the first byte. */
  public static void fuzzerTestOneInput(byte[] data) {
    Input input = Input.of(data, FILES.size());
    String name = FILES.get(input.way());
    SANDBOX.write("config.yaml", "data: {system: mass-spring}\n".getBytes(StandardCharsets.UTF_8));
    SANDBOX.write("metrics.jsonl", "{\"step\":1,\"loss\":2.5}\n".getBytes(StandardCharsets.UTF_8));
    Path file = SANDBOX.write(name.equals(EVENTS) ? "tensorboard/" + name : name, input.bytes());
    RunFolder folder = RunFolder.open(SANDBOX.folder());
    Trial.readPlain(data, () -> EvaluationFile.read(folder, STEP));
    Trial.readPlain(data, () -> RunNumbers.read(folder));
    Trial.readPlain(data, () -> RunComparison.of(List.of(folder.path(), folder.path())).results());
    Trial.readPlain(data, () -> MetricsCurves.read(folder.metrics()));
    Trial.readPlain(data, () -> MetricsCurves.readFlow(folder.metrics()));
    Trial.readPlain(data, () -> resume(file, name, folder));
    Trial.readPlain(data, () -> EventCut.after(STEP, folder.events()));
    Trial.readPlain(data, () -> LockLines.read(input.text()));
    Trial.readPlain(data, () -> folder.lock().close());
    Trial.readPlain(data, () -> FolderLock.holder(folder.path()));
    SANDBOX.empty();
  }

  /** Resumes, after which the file must begin as before and go on with a line of its own. */
  private static void resume(Path file, String name, RunFolder folder) {
    byte[] before = SANDBOX.read("metrics.jsonl");
    if (name.equals("times.jsonl")) {
      EvaluationTimes.total(file);
      EvaluationTimes.until(1, file);
      try (EvaluationTimes times = EvaluationTimes.after(STEP, file)) {
        times.note(STEP + 1, 0.5);
      }
    }
    try (MetricsLog log = MetricsLog.resume(folder.metrics(), STEP)) {
      log.append(STEP + 1, Map.of("loss", 1.5));
    }
    byte[] after = SANDBOX.read("metrics.jsonl");
    byte[] line = "{\"step\":6,\"loss\":1.5}\n".getBytes(StandardCharsets.UTF_8);
    int kept = after.length - line.length;
    if (kept < 0
        || kept > before.length
        || !Arrays.equals(line, Arrays.copyOfRange(after, kept, after.length))
        || !Arrays.equals(after, 0, kept, before, 0, kept)
        || kept > 0 && after[kept - 1] != '\n') {
      throw new AssertionError("the metrics do not go on where they were");
    }
  }
}
