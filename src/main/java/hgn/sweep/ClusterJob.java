package hgn.sweep;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Tasks to be run on a cluster whose machines share a folder.
 *
 * @param name name of the job
 * @param folder working folder, absolute
 * @param command the command of one task without its number, quoted for a shell; it ends in {@code
 *     --task}
 * @param report the command that writes the report once all tasks are done
 * @param logs folder of the tasks' output, absolute
 * @param tasks number of tasks, numbered from 1
 * @param cores processors of a task
 * @param memoryBytes memory of a task
 * @param seconds time limit of a task
 * @param gpu whether a task takes a GPU
 */
public record ClusterJob(
    String name,
    Path folder,
    String command,
    String report,
    Path logs,
    int tasks,
    int cores,
    long memoryBytes,
    long seconds,
    boolean gpu) {
  private static final long MEBIBYTE = 1 << 20;
  private static final long STEP = 256 * MEBIBYTE;
  private static final int MINUTE = 60;

  /** Memory in MiB, rounded up to a multiple of 256. */
  public long mebibytes() {
    return (memoryBytes + STEP - 1) / STEP * (STEP / MEBIBYTE);
  }

  /** Time limit in whole minutes, at least one. */
  public long minutes() {
    return Math.max(1, (seconds + MINUTE - 1) / MINUTE);
  }

  /** A name that Slurm and Kubernetes both take: lower case, digits and dashes. */
  String plainName() {
    String plain = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    String cut = plain.substring(0, Math.min(40, plain.length()));
    return "hgn-" + cut.replaceAll("^-|-$", "");
  }

  /** Lines joined with line ends. */
  static String lines(List<String> lines) {
    return String.join("\n", lines) + "\n";
  }
}
