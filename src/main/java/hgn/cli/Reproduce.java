package hgn.cli;

import hgn.cli.console.ExitCode;
import hgn.cli.console.Invocation;
import hgn.cli.options.ClusterOptions;
import hgn.cli.options.Engine;
import hgn.cli.options.EnumConverter;
import hgn.cli.options.OptionRange;
import hgn.config.Config;
import hgn.config.ConfigLoader;
import hgn.doctor.Machine;
import hgn.files.FolderLock;
import hgn.files.LockHolder;
import hgn.files.StorageException;
import hgn.reproduce.Budget;
import hgn.reproduce.Outcome;
import hgn.reproduce.Training;
import hgn.reproduce.TrainingStatus;
import hgn.reproduce.sections.ErrorBoundsTable;
import hgn.reproduce.sections.Plan;
import hgn.reproduce.sections.Report;
import hgn.reproduce.sections.Results;
import hgn.reproduce.sections.Section;
import hgn.reproduce.sections.Sections;
import hgn.text.Hints;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
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
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reproduces the paper's tables and figures, next to the paper's numbers. */
@Command(
    name = "reproduce",
    header = "Reproduce the paper's tables and figures.",
    description =
        "Runs the trainings that they need and writes a report with the paper's numbers next to"
            + " ours. It may be stopped at any time; the same command resumes it. Several processes"
            + " can share the trainings of one folder, also from several hosts.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  hgn4j reproduce table1",
      "  hgn4j reproduce all --budget quick",
      "  hgn4j reproduce all --budget paper --device cuda",
      "  hgn4j reproduce all --list",
      "  hgn4j reproduce all --only pendulum-leapfrog"
    })
public final class Reproduce implements Callable<Integer> {
  private static final int MAX_SEEDS = 1000;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "WHAT",
      arity = "1..*",
      description =
          "data, table1, physics, table2, figure3, figure4, figure5, figure6, figure7, modelling,"
              + " frames, targets or all.")
  private List<String> names;

  @Option(
      names = "--budget",
      paramLabel = "quick|desk|paper",
      converter = EnumConverter.Budgets.class,
      description =
          "Length of the trainings: a minute or two each on two cores, some hours in all, or as in"
              + " the paper (default: ${DEFAULT-VALUE}).")
  private Budget budget = Budget.QUICK;

  @Option(
      names = {"--device", "--backend"},
      paramLabel = "NAME",
      description = "Backend: cuda, cpu, jvm or auto (default: ${DEFAULT-VALUE}).")
  private String device = "auto";

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder of the runs and the report (default: reproduction/BUDGET).")
  private Path out;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description =
          "Seeds per kind of training, from 1; reports give mean and standard deviation"
              + " (default: 1; 3 for --budget paper, and for HGN (leapfrog) at --budget desk).")
  private Integer seeds;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "A setting of every training, such as train.steps=2000; may be repeated.")
  private List<String> settings = new ArrayList<>();

  @Mixin private ClusterOptions cluster;

  @Option(
      names = "--only",
      paramLabel = "RUN",
      description = "Run only this training, named as by --list, and write no report.")
  private String only;

  Reproduce() {}

  @Override
  public Integer call() {
    List<Section> sections = sections();
    int count = seeds == null ? 0 : seeds;
    if (seeds != null) {
      new OptionRange(spec).require("--seeds", seeds, 1, MAX_SEEDS);
    }
    if (cluster.lists() && only != null) {
      throw wrong("--list trains nothing and --only one run; leave one of them out");
    }
    Plan plan = new Plan(budget, device, count, settings);
    List<Training> trainings = Sections.trainings(sections, plan);
    Path folder = out == null ? Path.of("reproduction", budget.toString()) : out;
    cluster.check(spec, trainings.size(), only == null ? List.of() : List.of("--only"));
    if (cluster.lists()) {
      new StatusTable(TrainingStatus.of(runs(folder), trainings))
          .print(spec.commandLine().getOut());
      return 0;
    }
    List<Training> chosen = isOne() ? List.of(chosen(trainings)) : trainings;
    if (!chosen.isEmpty()) {
      Config first = ConfigLoader.load(null, chosen.get(0).settings());
      Engine.prepare(first.engine());
    }
    if (cluster.writesJob()) {
      new ClusterFiles(cluster, spec.commandLine().getOut())
          .write("reproduce-" + budget, trainings, words(), folder);
      return ExitCode.OK;
    }
    CampaignSession session = new CampaignSession(runs(folder), command(), spec.commandLine());
    Report report = new Report(folder, plan, new ErrorBoundsTable(folder, budget, this::computing));
    if (!isOne()) {
      return session
          .all(trainings)
          .map(outcomes -> report(report, folder, sections, outcomes))
          .orElse(ExitCode.INTERRUPTED);
    }
    Optional<Outcome> outcome = session.only(chosen.get(0));
    if (outcome.isEmpty()) {
      return ExitCode.INTERRUPTED;
    }
    int code = say(outcome.get());
    if (cluster.task() != null) {
      reportIfAllHaveEnded(report, folder, sections, trainings);
    }
    return code;
  }

  /** Whether only one training is asked for. */
  private boolean isOne() {
    return only != null || cluster.task() != null;
  }

  private void reportIfAllHaveEnded(
      Report report, Path folder, List<Section> sections, List<Training> trainings) {
    List<TrainingStatus> all = TrainingStatus.of(runs(folder), trainings);
    if (all.stream().allMatch(TrainingStatus::isEnded)) {
      List<Outcome> outcomes = all.stream().map(one -> one.outcome(runs(folder))).toList();
      report(report, folder, sections, outcomes);
    }
  }

  private static Path runs(Path folder) {
    return folder.resolve("runs");
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  /** The training selected by --task or --only. */
  private Training chosen(List<Training> trainings) {
    if (cluster.task() != null) {
      return trainings.get(cluster.task() - 1);
    }
    List<String> all = trainings.stream().map(Training::name).toList();
    if (all.isEmpty()) {
      throw wrong("--only " + only + ": " + String.join(" ", names) + " needs no training");
    }
    if (!all.contains(only)) {
      throw wrong(
          ("--only '" + only + "' is none of the " + all.size() + " trainings; the nearest is '")
              + (Hints.nearest(only, all) + "', and --list prints all"));
    }
    return trainings.get(all.indexOf(only));
  }

  /** Prints the folder of a single training; returns the exit code. */
  private int say(Outcome outcome) {
    if (!outcome.succeeded()) {
      return ExitCode.FAILURE;
    }
    spec.commandLine().getOut().println("run     " + outcome.folder());
    return 0;
  }

  private void computing(String what) {
    spec.commandLine().getOut().println("computing " + what);
    spec.commandLine().getOut().flush();
  }

  /** Writes the report; returns the exit code. */
  private int report(Report report, Path folder, List<Section> sections, List<Outcome> outcomes) {
    PrintWriter line = spec.commandLine().getOut();
    makeFolder(folder);
    try (FolderLock lock = FolderLock.await(folder, this::wait)) {
      report.write(sections, new Results(outcomes), command(), machine());
    }
    long failed = outcomes.stream().filter(outcome -> !outcome.succeeded()).count();
    if (failed > 0) {
      line.println(failed + " of " + outcomes.size() + " trainings failed; the report says why");
    }
    line.println("report  " + report.html());
    line.println("        " + report.markdown());
    return failed > 0 ? ExitCode.FAILURE : 0;
  }

  private static void makeFolder(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException error) {
      throw new StorageException(folder, "cannot make the folder", error);
    }
  }

  /** Another process that has finished its last training writes the same report. */
  private void wait(LockHolder holder) {
    PrintWriter line = spec.commandLine().getOut();
    line.println("waiting for " + holder.describe() + ", which writes the report too");
    line.flush();
  }

  private List<Section> sections() {
    try {
      return Sections.named(names);
    } catch (IllegalArgumentException unknown) {
      throw wrong(unknown.getMessage());
    }
  }

  private String command() {
    return Invocation.of(words().toArray(String[]::new));
  }

  /** This command, without the program and without what is asked of a cluster. */
  private List<String> words() {
    List<String> words = new ArrayList<>(List.of("reproduce"));
    words.addAll(names);
    words.addAll(List.of("--budget", budget.toString()));
    if (!device.equals("auto")) {
      words.addAll(List.of("--device", device));
    }
    if (seeds != null) {
      words.addAll(List.of("--seeds", seeds.toString()));
    }
    if (out != null) {
      words.addAll(List.of("--out", out.toString()));
    }
    if (only != null) {
      words.addAll(List.of("--only", only));
    }
    settings.forEach(setting -> words.addAll(List.of("--set", setting)));
    return words;
  }

  private static String machine() {
    return "Made on " + LocalDate.now() + " on " + Machine.hardware() + ".";
  }
}
