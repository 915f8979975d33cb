package hgn.cli;

import hgn.cli.console.Invocation;
import hgn.cli.options.ClusterOptions;
import hgn.cli.options.OutputFolder;
import hgn.config.Config;
import hgn.data.FilmSettings;
import hgn.files.AtomicFile;
import hgn.films.source.FilmProgress;
import hgn.reproduce.Training;
import hgn.sweep.ClusterJob;
import hgn.sweep.KubernetesJob;
import hgn.sweep.SlurmScript;
import hgn.sweep.TaskCost;
import hgn.text.Shell;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes the trainings of a command as a job for a cluster. */
final class ClusterFiles {
  private static final String CUDA = "cuda";

  private final ClusterOptions options;
  private final PrintWriter out;

  ClusterFiles(ClusterOptions options, PrintWriter out) {
    this.options = options;
    this.out = out;
  }

  /**
   * Measures what a training takes, and writes the files that were asked for.
   *
   * @param name name of the job
   * @param trainings its tasks
   * @param command the command that makes all of them, without the program
   * @param folder the command's folder of results
   */
  void write(String name, List<Training> trainings, List<String> command, Path folder) {
    List<Config> configurations =
        trainings.stream()
            .map(task -> FilmSettings.load(null, task.settings(), FilmProgress.SILENT))
            .toList();
    boolean gpu =
        configurations.stream().anyMatch(config -> config.engine().backend().equals(CUDA));
    out.println("measuring a step of the longest training");
    out.flush();
    TaskCost cost = TaskCost.of(configurations);
    Path logs = OutputFolder.make(folder.resolve("logs")).toAbsolutePath().normalize();
    List<String> words = new ArrayList<>(command);
    words.addAll(List.of("--set", "engine.threads=" + options.cores()));
    String all = Invocation.of(words.toArray(String[]::new));
    ClusterJob job =
        new ClusterJob(
            name,
            Path.of("").toAbsolutePath(),
            all + " --task",
            all,
            logs,
            trainings.size(),
            options.cores(),
            cost.bytes(),
            (long) cost.seconds(),
            gpu);
    out.printf(
        Locale.ROOT,
        "%d tasks, each of %d cores, %d MiB and %d minutes, by a step measured here and a margin%n",
        trainings.size(),
        options.cores(),
        job.mebibytes(),
        job.minutes());
    if (options.slurm() != null) {
      AtomicFile.write(options.slurm(), SlurmScript.of(job));
      out.println("submit with: sbatch " + Shell.quote(options.slurm().toString()));
    }
    if (options.kubernetes() != null) {
      String manifest = KubernetesJob.of(job, options.image(), options.claim());
      AtomicFile.write(options.kubernetes(), manifest);
      out.println("submit with: kubectl apply -f " + Shell.quote(options.kubernetes().toString()));
    }
    out.flush();
  }
}
