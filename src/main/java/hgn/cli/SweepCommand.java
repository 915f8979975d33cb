package hgn.cli;

import hgn.cli.console.ExitCode;
import hgn.cli.console.Invocation;
import hgn.cli.options.ClusterOptions;
import hgn.cli.options.Engine;
import hgn.cli.options.OutputFolder;
import hgn.cli.options.SettingOptions;
import hgn.config.ConfigLoader;
import hgn.doctor.Machine;
import hgn.files.FolderLock;
import hgn.reproduce.Outcome;
import hgn.reproduce.Training;
import hgn.reproduce.TrainingStatus;
import hgn.sweep.Sweep;
import hgn.sweep.SweepFile;
import hgn.sweep.SweepPage;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Trains over a grid or a list of settings. */
@Command(
    name = "sweep",
    header = "Train over a grid or a list of settings, here or on a cluster.",
    description =
        "Makes all trainings of a file one after the other and writes a page that sets them side by"
            + " side. It may be stopped at any time; the same command resumes it. Several processes"
            + " can share the trainings of one folder, also from several hosts.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  hgn4j sweep rates.yaml",
      "  hgn4j sweep rates.yaml --list",
      "  hgn4j sweep rates.yaml --slurm rates.sbatch",
      "A file, of which any part may be left out:",
      "  settings: {data.system: pendulum, train.steps: 2000}",
      "  grid: {train.learning-rate: [1e-3, 2e-3], model.integrator: [leapfrog, yoshida]}",
      "  list: {small: {train.batch: 8}, large: {train.batch: 32}}",
      "  seeds: 3"
    })
public final class SweepCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "YAML file of the sweep.")
  private Path file;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder of the runs and the page (default: sweeps/NAME of FILE).")
  private Path out;

  @Mixin private SettingOptions settings;

  @Option(names = "--report", description = "Train nothing: write the page of what there is.")
  private boolean reports;

  @Mixin private ClusterOptions cluster;

  SweepCommand() {}

  @Override
  public Integer call() {
    Sweep sweep = SweepFile.read(file, settings.all());
    List<Training> trainings = sweep.trainings();
    cluster.check(spec, trainings.size(), reports ? List.of("--report") : List.of());
    Path folder = out == null ? Path.of("sweeps", sweep.name()) : out;
    Path runs = folder.resolve("runs");
    PrintWriter line = spec.commandLine().getOut();
    if (cluster.lists()) {
      new StatusTable(TrainingStatus.of(runs, trainings)).print(line);
      return ExitCode.OK;
    }
    Engine.prepare(ConfigLoader.load(null, trainings.get(0).settings()).engine());
    if (cluster.writesJob()) {
      new ClusterFiles(cluster, line).write(sweep.name(), trainings, command(), folder);
      return ExitCode.OK;
    }
    if (reports) {
      return report(sweep, folder, outcomes(runs, trainings));
    }
    String again = Invocation.of(command().toArray(String[]::new));
    CampaignSession session = new CampaignSession(runs, again, spec.commandLine());
    if (cluster.task() == null) {
      return session
          .all(trainings)
          .map(outcomes -> report(sweep, folder, outcomes))
          .orElse(ExitCode.INTERRUPTED);
    }
    Optional<Outcome> outcome = session.only(trainings.get(cluster.task() - 1));
    if (outcome.isEmpty()) {
      return ExitCode.INTERRUPTED;
    }
    if (TrainingStatus.of(runs, trainings).stream().allMatch(TrainingStatus::isEnded)) {
      report(sweep, folder, outcomes(runs, trainings));
    }
    return outcome.get().succeeded() ? ExitCode.OK : ExitCode.FAILURE;
  }

  private static List<Outcome> outcomes(Path runs, List<Training> trainings) {
    return TrainingStatus.of(runs, trainings).stream().map(status -> status.outcome(runs)).toList();
  }

  /** Writes the page; returns the exit code. */
  private int report(Sweep sweep, Path folder, List<Outcome> outcomes) {
    PrintWriter line = spec.commandLine().getOut();
    SweepPage page = new SweepPage(sweep, outcomes);
    OutputFolder.make(folder);
    try (FolderLock lock = FolderLock.await(folder, holder -> {})) {
      page.write(
          folder,
          Invocation.of(command().toArray(String[]::new)),
          "Made on " + LocalDate.now() + " on " + Machine.hardware() + ".");
    }
    long failed = outcomes.stream().filter(outcome -> !outcome.succeeded()).count();
    if (failed > 0) {
      line.println(
          failed + " of " + outcomes.size() + " trainings have no result; the page says why");
    }
    if (page.best() >= 0) {
      line.println("best    " + sweep.tasks().get(page.best()).training().name());
    }
    line.println("page    " + folder.resolve("sweep.html"));
    return failed > 0 ? ExitCode.FAILURE : ExitCode.OK;
  }

  /** This command, without the program and without what is asked of a cluster. */
  private List<String> command() {
    List<String> words = new ArrayList<>(List.of("sweep", file.toString()));
    if (out != null) {
      words.addAll(List.of("--out", out.toString()));
    }
    settings.all().forEach(setting -> words.addAll(List.of("--set", setting)));
    return words;
  }
}
