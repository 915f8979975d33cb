package hgn.cli.options;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Options of commands that make many trainings, here one after the other or on a cluster. */
public final class ClusterOptions {
  private static final int MOST_CORES = 1024;

  @Option(
      names = "--list",
      description = "Train nothing: print each training's name, status and steps.")
  private boolean lists;

  @Option(
      names = "--task",
      paramLabel = "I",
      description =
          "Make only training I of --list, counted from 1; the report is written if it was the"
              + " last.")
  private Integer task;

  @Option(
      names = "--slurm",
      paramLabel = "FILE",
      description =
          "Train nothing: measure a step and write a job array for sbatch, a task for each"
              + " training.")
  private Path slurm;

  @Option(
      names = "--kubernetes",
      paramLabel = "FILE",
      description = "The same as an indexed Job for kubectl.")
  private Path kubernetes;

  @Option(
      names = "--cores",
      paramLabel = "N",
      description = "Processors of a task on the cluster (default: ${DEFAULT-VALUE}).")
  private int cores = 2;

  @Option(
      names = "--image",
      paramLabel = "NAME",
      description =
          "Image of the container for --kubernetes, with this program at the same path (default:"
              + " ${DEFAULT-VALUE}).")
  private String image = "hgn4j";

  @Option(
      names = "--claim",
      paramLabel = "NAME",
      description =
          "Persistent volume claim for --kubernetes, shared by all tasks (default:"
              + " ${DEFAULT-VALUE}).")
  private String claim = "hgn4j";

  /** Whether only the status is to be printed. */
  public boolean lists() {
    return lists;
  }

  /** Whether a job for a cluster is to be written. */
  public boolean writesJob() {
    return slurm != null || kubernetes != null;
  }

  /** Where to write a job array for Slurm; null for nowhere. */
  public Path slurm() {
    return slurm;
  }

  /** Where to write a job for Kubernetes; null for nowhere. */
  public Path kubernetes() {
    return kubernetes;
  }

  public int cores() {
    return cores;
  }

  public String image() {
    return image;
  }

  public String claim() {
    return claim;
  }

  /** Number of the only training to be made, from 1; null for all. */
  public Integer task() {
    return task;
  }

  /**
   * Rejects options that contradict each other, or a task that does not exist.
   *
   * @param tasks number of trainings
   * @param others further options of this kind that were given
   */
  public void check(CommandSpec spec, int tasks, List<String> others) {
    List<String> given = new ArrayList<>(others);
    Stream.of(lists ? "--list" : "", task == null ? "" : "--task", writesJob() ? job() : "")
        .filter(word -> !word.isEmpty())
        .forEach(given::add);
    if (given.size() > 1) {
      throw new ParameterException(
          spec.commandLine(),
          String.join(" and ", given) + " exclude each other; give one of them");
    }
    OptionRange limits = new OptionRange(spec);
    limits.require("--cores", cores, 1, MOST_CORES);
    if (task != null) {
      limits.require("--task", task, 1, tasks);
    }
  }

  private String job() {
    return slurm == null ? "--kubernetes" : "--slurm";
  }
}
