package hgn.sweep;

import hgn.text.Shell;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A job array for Slurm, ready for {@code sbatch}. A task that is preempted, requeued or cancelled
 * is told by SIGTERM and saves; started again, it resumes from its checkpoint. One whose time is
 * nearly up is told by SIGUSR1, saves, and goes on in a new job.
 */
public final class SlurmScript {
  private static final int HOUR = 60;

  /** So long before the time limit ends, the task is told to save. */
  private static final int WARNING_SECONDS = 60;

  /** A shell's wait ends with each signal, before the task has. */
  private static final String WAITING =
      """
      task=$!
      late=
      trap 'kill -TERM $task' TERM
      trap 'late=1; kill -TERM $task' USR1
      wait $task
      code=$?
      while kill -0 $task 2>/dev/null; do
        wait $task
        code=$?
      done
      [ -z "$late" ] || [ $code -eq 0 ] || scontrol requeue "$SLURM_JOB_ID"
      exit $code
      """;

  private SlurmScript() {}

  /** The script's text. */
  public static String of(ClusterJob job) {
    List<String> lines = new ArrayList<>();
    lines.add("#!/bin/bash");
    lines.add("#SBATCH --job-name=" + job.plainName());
    lines.add("#SBATCH --array=1-" + job.tasks());
    lines.add("#SBATCH --cpus-per-task=" + job.cores());
    lines.add("#SBATCH --mem=" + job.mebibytes() + "M");
    lines.add("#SBATCH --time=" + time(job.minutes()));
    if (job.gpu()) {
      lines.add("#SBATCH --gres=gpu:1");
    }
    lines.add("#SBATCH --requeue");
    lines.add("#SBATCH --open-mode=append");
    lines.add("#SBATCH --signal=B:USR1@" + WARNING_SECONDS);
    lines.add("#SBATCH --output=" + pattern(job.logs().toString()));
    lines.add("");
    lines.add(
        "# Each task makes one training and resumes it if it was begun. The last to end writes the");
    lines.add("# report; so does, at any time: " + job.report());
    lines.add("cd " + Shell.quote(job.folder().toString()) + " || exit 1");
    lines.add(job.command() + " \"$SLURM_ARRAY_TASK_ID\" &");
    return ClusterJob.lines(lines) + WAITING;
  }

  /** A log for each task, in sbatch's notation, in which %% stands for a percent sign. */
  private static String pattern(String folder) {
    String path = folder.replace("%", "%%") + "/%A_%a.log";
    return path.matches("[A-Za-z0-9_@%+=:,./-]+") ? path : "\"" + path.replace("\"", "\\\"") + "\"";
  }

  private static String time(long minutes) {
    return String.format(Locale.ROOT, "%d:%02d:00", minutes / HOUR, minutes % HOUR);
  }
}
