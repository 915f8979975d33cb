package hgn.reliability;

import java.util.List;
import java.util.Set;

/**
 * Something that the program does and that can be interrupted.
 *
 * @param name for tables
 * @param before commands that prepare the working folder, without interruption
 * @param command the command that is interrupted
 * @param begun a file that is there from when {@code again} goes on with the work
 * @param again the command that goes on; before {@code begun} is there, {@code command} does
 */
record Work(String name, List<String> before, String command, String begun, String again) {
  private static final String SMALL =
      " --set train.batch=2 --set train.evaluate-rollouts=2 --set train.evaluate-every=4"
          + " --set train.log-every=1 --set train.checkpoint-every=3 --set train.decode-frames=2";

  /** Files that are never the same twice: durations, and who is at work. */
  static final Set<String> VARYING =
      Set.of("times.jsonl", "lock", "evaluation.html", "report.html", "report.md");

  /** Values in JSON files that are never the same twice. */
  static final String VARYING_KEYS = ".*(seconds|per_second|peak_bytes|first_step).*";

  private static Work repeated(String name, List<String> before, String command) {
    return new Work(name, before, command, "", command);
  }

  private static Work resumed(String name, List<String> before, String command) {
    String resume =
        command.startsWith("flow") ? "flow train --resume runs/a" : "train --resume runs/a";
    return new Work(name, before, command, "runs/a/checkpoints/last.safetensors", resume);
  }

  private static final Work TRAINING =
      resumed("train", List.of(), "train --name a --set train.steps=12" + SMALL);

  private static final Work FLOW =
      resumed(
          "flow train",
          List.of(),
          "flow train --name a --set flow.flows=2 --set flow.hidden=8 --set train.batch=16"
              + " --set train.steps=40 --set train.checkpoint-every=5 --set train.log-every=5"
              + " --set train.evaluate-every=10 --set train.evaluate-points=20 --set train.draws=2");

  private static final Work FILMS =
      resumed(
          "train --films",
          List.of("generate --system mass-spring --count 60 --format png --out films"),
          "train --films films --set data.cache=cache --name a --set train.steps=6" + SMALL);

  private static final Work DATA =
      new Work(
          "generate",
          List.of(),
          "generate --system mass-spring --size 64 --count 160 --out data",
          "data/dataset.json", // is written last: nothing is left to do
          "--version");

  private static final Work EVALUATION =
      repeated("evaluate", List.of(TRAINING.command), "evaluate runs/a --rollouts 2");

  private static final Work CAMPAIGN =
      repeated("reproduce", List.of(), "reproduce figure5 --out again --set train.steps=6" + SMALL);

  /** All kinds of work, the short ones first. */
  static List<Work> all() {
    return List.of(FLOW, EVALUATION, TRAINING, DATA, FILMS, CAMPAIGN);
  }

  @Override
  public String toString() {
    return name;
  }
}
