package hgn.cli;

import hgn.reproduce.Budget;
import hgn.reproduce.Campaign;
import hgn.reproduce.Outcome;
import hgn.reproduce.Plan;
import hgn.reproduce.Report;
import hgn.reproduce.Results;
import hgn.reproduce.Section;
import hgn.reproduce.Sections;
import hgn.reproduce.Training;
import hgn.train.config.Config;
import hgn.train.config.ConfigLoader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes the paper's tables and figures again, beside the paper's numbers. */
@Command(
    name = "reproduce",
    header = "Make the paper's tables and figures again.",
    description =
        "Trains what they need, one run after the other, and writes one page with the paper's"
            + " numbers beside ours. It may be stopped at any time: called again it goes on.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  hgn4j reproduce table1",
      "  hgn4j reproduce all --budget quick",
      "  hgn4j reproduce all --budget paper --device cuda"
    })
public final class Reproduce implements Callable<Integer> {
  private static final int MOST_SEEDS = 1000;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "WHAT",
      arity = "1..*",
      description =
          "table1, table2, figure3, figure4, figure5, figure6, figure7, modelling, targets or all.")
  private List<String> names;

  @Option(
      names = "--budget",
      paramLabel = "quick|hours|paper",
      converter = Words.Budgets.class,
      description =
          "How long the trainings are: minutes each on two cores, hours in all, or as in the paper"
              + " (default: ${DEFAULT-VALUE}).")
  private Budget budget = Budget.QUICK;

  @Option(
      names = {"--device", "--backend"},
      paramLabel = "NAME",
      description = "What computes: cuda, cpu, jvm or auto (default: ${DEFAULT-VALUE}).")
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
          "Trainings of each kind, from seed 1 on; reports then give mean and standard deviation"
              + " (default: 1, and 3 for --budget paper).")
  private Integer seeds;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "A setting of every training, such as train.steps=2000; may be repeated.")
  private List<String> settings = new ArrayList<>();

  Reproduce() {}

  /** Runs this command alone. */
  public static void main(String[] args) {
    Main.start("reproduce", args);
  }

  @Override
  public Integer call() {
    List<Section> sections = sections();
    int count = seeds == null ? budget.seeds() : seeds;
    new Limits(spec).require("--seeds", count, 1, MOST_SEEDS);
    Plan plan = new Plan(budget, device, count, settings);
    List<Training> trainings = Sections.trainings(sections, plan);
    Path folder = out == null ? Path.of("reproduction", budget.toString()) : out;
    if (!trainings.isEmpty()) {
      Config first = ConfigLoader.load(null, trainings.get(0).settings());
      Engine.prepare(first.engine());
    }
    Optional<List<Outcome>> outcomes = make(trainings, folder);
    if (outcomes.isEmpty()) {
      return TrainingSession.INTERRUPTED;
    }
    Report report = new Report(folder, plan);
    report.write(sections, new Results(outcomes.get()), command(), machine());
    PrintWriter line = spec.commandLine().getOut();
    long failed = outcomes.get().stream().filter(outcome -> !outcome.succeeded()).count();
    if (failed > 0) {
      line.println(failed + " of " + trainings.size() + " trainings failed; the report says why");
    }
    line.println("report  " + report.html());
    line.println("        " + report.markdown());
    return failed > 0 ? 1 : 0;
  }

  private List<Section> sections() {
    try {
      return Sections.named(names);
    } catch (IllegalArgumentException unknown) {
      throw new picocli.CommandLine.ParameterException(spec.commandLine(), unknown.getMessage());
    }
  }

  private Optional<List<Outcome>> make(List<Training> trainings, Path folder) {
    PrintWriter line = spec.commandLine().getOut();
    String again = "go on with the same command: " + command();
    try (CampaignProgress progress = new CampaignProgress(line)) {
      Campaign campaign = new Campaign(folder.resolve("runs"), RunMeasurement::of, progress);
      try (Interruption interruption =
          new Interruption(
              campaign::requestStop,
              "stopped at the last checkpoint; " + again,
              spec.commandLine().getErr())) {
        Optional<List<Outcome>> outcomes = campaign.run(trainings);
        interruption.farewell(
            outcomes.isEmpty() ? "saved; " + again : "all is trained, the report is not written");
        return outcomes;
      }
    }
  }

  private String command() {
    return Main.invocation()
        + " reproduce "
        + String.join(" ", names)
        + " --budget "
        + budget
        + (device.equals("auto") ? "" : " --device " + device)
        + (seeds == null ? "" : " --seeds " + seeds)
        + (out == null ? "" : " --out " + out)
        + settings.stream().map(setting -> " --set " + setting).collect(Collectors.joining());
  }

  private static String machine() {
    return "Made on " + LocalDate.now() + " on " + Machine.hardware() + ".";
  }
}
