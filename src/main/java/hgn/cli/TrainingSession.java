package hgn.cli;

import hgn.cli.console.ExitCode;
import hgn.cli.console.Failure;
import hgn.cli.console.Interruption;
import hgn.cli.console.Invocation;
import hgn.cli.console.TrainingProgress;
import hgn.config.Config;
import hgn.frames.Split;
import hgn.nn.Parameters;
import hgn.predict.Estimate;
import hgn.predict.Evaluator;
import hgn.ranks.RankLostException;
import hgn.ranks.Ranks;
import hgn.report.RunReport;
import hgn.run.RunFolder;
import hgn.tensor.DeviceException;
import hgn.tensor.DeviceMemoryError;
import hgn.tensorboard.TrainingEvents;
import hgn.train.Experiment;
import hgn.train.NonFiniteException;
import hgn.train.Trainer;
import hgn.train.TrainingListener;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** One call of {@code train}: training with progress and interruption, then report and summary. */
public final class TrainingSession {
  private final Experiment experiment;
  private final RunFolder folder;
  private final Ranks ranks;
  private final List<TrainingListener> watchers;
  private final PrintWriter out;
  private final PrintWriter err;
  private final long started = System.nanoTime();

  /** One call, which {@code watchers} follow too. */
  TrainingSession(
      Experiment experiment,
      RunFolder folder,
      Ranks ranks,
      List<TrainingListener> watchers,
      PrintWriter out,
      PrintWriter err) {
    this.experiment = experiment;
    this.folder = folder;
    this.ranks = ranks;
    this.watchers = List.copyOf(watchers);
    this.out = out;
    this.err = err;
  }

  /** Trains from the initial parameters; returns the exit code. */
  int begin() {
    return run(Trainer::start);
  }

  /** Trains from the last checkpoint; returns the exit code. */
  int resume() {
    return run(Trainer::resume);
  }

  private int run(Function<Trainer, Trainer.Result> training) {
    Config config = experiment.config();
    TrainingProgress progress =
        new TrainingProgress(out, config.train().batch(), experiment.latentTerm());
    TrainingEvents events = new TrainingEvents(experiment, folder, progress::say);
    List<TrainingListener> listeners =
        new ArrayList<>(List.of(progress, events, experiment.warnings(progress::say)));
    listeners.addAll(watchers);
    Trainer trainer =
        new Trainer(
            experiment,
            folder,
            TrainingListener.all(listeners.toArray(TrainingListener[]::new)),
            ranks);
    String again = "go on with: " + Invocation.of("train", "--resume", folder.toString());
    try (Interruption interruption =
        new Interruption(trainer::requestStop, "stopped at the last checkpoint; " + again, err)) {
      announce();
      Trainer.Result result = train(trainer, training, progress, events, interruption);
      if (!result.finished()) {
        interruption.farewell(
            "saved at step " + result.steps() + " of " + config.totalSteps() + "; " + again);
        return ExitCode.INTERRUPTED;
      }
      interruption.farewell("the run is trained, but its report is incomplete; " + again);
      report(result);
      return 0;
    } catch (RankLostException lost) {
      throw new RankLostException(
          lost.getMessage()
              + "; the last checkpoint, of step "
              + trainer.savedSteps()
              + ", is "
              + folder.lastCheckpoint()
              + "; "
              + again);
    }
  }

  private void announce() {
    Config config = experiment.config();
    Parameters parameters = experiment.model().parameters();
    out.println(
        ("training "
                + config.data().title()
                + onRanks()
                + " with the "
                + config.model().preset()
                + " preset ")
            + ("(" + parameters.owner() + ", " + parameters.count() + " parameters) on backend ")
            + (parameters.backend().name() + ", into " + folder));
    experiment.recorded().ifPresent(films -> out.println("films: " + films.describe()));
    out.flush();
  }

  private String onRanks() {
    return ranks.size() == 1 ? "" : " on " + ranks.size() + " ranks";
  }

  private Trainer.Result train(
      Trainer trainer,
      Function<Trainer, Trainer.Result> training,
      TrainingProgress progress,
      TrainingEvents events,
      Interruption interruption) {
    try (progress;
        events) {
      return training.apply(trainer);
    } catch (RankLostException lost) {
      interruption.farewell(""); // the launcher's request to end is no news
      throw lost;
    } catch (NonFiniteException stopped) {
      throw new Failure(
          stopped.getMessage()
              + "; the last good checkpoint, of step "
              + trainer.savedSteps()
              + ", is "
              + folder.lastCheckpoint()
              + "; "
              + stopped.remedy(0, experiment.config().train().learningRate(), suspects()),
          stopped);
    } catch (DeviceMemoryError full) {
      int batch = experiment.config().train().batch();
      throw new Failure(
          full.getMessage()
              + (batch == 1
                  ? "; even a batch of 1 does not fit"
                  : "; of the batch of " + batch + " at most " + full.mostOf(batch) + " can fit"),
          full);
    } catch (DeviceException lost) {
      throw new Failure(
          lost.getMessage()
              + "; the last checkpoint, of step "
              + trainer.savedSteps()
              + ", is "
              + folder.lastCheckpoint()
              + "; go on from it with: "
              + Invocation.of("train", "--resume", folder.toString(), "--device", "cpu"),
          lost);
    }
  }

  private String suspects() {
    Config config = experiment.config();
    return "data.dt ("
        + config.data().dt()
        + "), model.gain ("
        + config.model().gain()
        + ") and the weights of the loss, such as train.geco.tolerance or train.vae-beta";
  }

  private void report(Trainer.Result result) {
    if (result.first() == result.steps()) {
      out.println("all " + result.steps() + " steps are made already; rewriting the report");
      out.flush();
    }
    int rollouts = experiment.config().train().evaluateRollouts();
    Evaluator evaluator =
        new Evaluator(
            experiment.films(Split.TEST), experiment.window(), experiment.config().train().batch());
    Estimate test = evaluator.reconstruction(experiment.predictor(), rollouts);
    Estimate still = evaluator.staticImage(rollouts);
    double seconds = (System.nanoTime() - started) * 1e-9;
    TrainingSummary summary = new TrainingSummary(experiment, result, test, still, seconds);
    summary.write(folder);
    List<Path> pictures = new ArrayList<>();
    try {
      new RunReport(experiment, folder).write(pictures::add);
    } finally {
      summary.print(out, folder, pictures);
    }
  }
}
