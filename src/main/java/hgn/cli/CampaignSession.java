package hgn.cli;

import hgn.cli.console.CampaignProgress;
import hgn.cli.console.Interruption;
import hgn.reproduce.Campaign;
import hgn.reproduce.Outcome;
import hgn.reproduce.Training;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine;

/** One call of {@code reproduce} or {@code sweep}: its campaign with progress and interruption. */
final class CampaignSession {
  private final Path runs;
  private final String again;
  private final CommandLine line;

  /**
   * Creates a session with run folders in {@code runs}.
   *
   * @param command command that resumes it
   */
  CampaignSession(Path runs, String command, CommandLine line) {
    this.runs = runs;
    this.again = "resume with the same command: " + command;
    this.line = line;
  }

  /** Runs all unfinished trainings; empty if interrupted. */
  Optional<List<Outcome>> all(List<Training> trainings) {
    return run(
        campaign -> campaign.run(trainings), "all is trained, the report is not written; " + again);
  }

  /** Runs one training; empty if interrupted. */
  Optional<Outcome> only(Training training) {
    return run(campaign -> campaign.runOnly(training), "the run is finished");
  }

  private <T> Optional<T> run(Function<Campaign, Optional<T>> work, String made) {
    try (CampaignProgress progress = new CampaignProgress(line.getOut())) {
      Campaign campaign = new Campaign(runs, RunMeasurement::of, progress);
      try (Interruption interruption =
          new Interruption(
              campaign::requestStop, "stopped at the last checkpoint; " + again, line.getErr())) {
        Optional<T> outcome = work.apply(campaign);
        interruption.farewell(outcome.isEmpty() ? "saved; " + again : made);
        return outcome;
      }
    }
  }
}
