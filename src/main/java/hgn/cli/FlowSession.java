package hgn.cli;

import hgn.report.FlowReport;
import hgn.train.NonFiniteException;
import hgn.train.RunFolder;
import hgn.train.config.FlowConfig;
import hgn.train.flow.FlowExperiment;
import hgn.train.flow.FlowListener;
import hgn.train.flow.FlowScore;
import hgn.train.flow.FlowTrainer;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.Function;

/** One call of {@code flow train}: training with progress and interruption, then the pictures. */
final class FlowSession {
  private final FlowExperiment experiment;
  private final RunFolder folder;
  private final PrintWriter out;
  private final PrintWriter err;

  FlowSession(FlowExperiment experiment, RunFolder folder, PrintWriter out, PrintWriter err) {
    this.experiment = experiment;
    this.folder = folder;
    this.out = out;
    this.err = err;
  }

  /** Trains from the initial parameters; gives the exit code. */
  int begin() {
    return run(FlowTrainer::start);
  }

  /** Trains from the last checkpoint; gives the exit code. */
  int resume() {
    return run(FlowTrainer::resume);
  }

  private int run(Function<FlowTrainer, FlowTrainer.Result> training) {
    FlowConfig config = experiment.config();
    long first = experiment.adam().steps();
    try (Progress progress = new Progress(out, first, config.train().batch())) {
      FlowTrainer trainer = new FlowTrainer(experiment, folder, progress);
      String again = "go on with: " + Main.invocation() + " flow train --resume " + folder;
      try (Interruption interruption =
          new Interruption(trainer::requestStop, "stopped at the last checkpoint; " + again, err)) {
        announce();
        FlowTrainer.Result result = train(trainer, training);
        progress.close();
        if (result.steps() < config.train().steps()) {
          interruption.farewell(
              "saved at step " + result.steps() + " of " + config.train().steps() + "; " + again);
          return TrainingSession.INTERRUPTED;
        }
        interruption.farewell("the flow is trained, its pictures are not all drawn; " + again);
        report(result);
        return 0;
      }
    }
  }

  private void announce() {
    FlowConfig config = experiment.config();
    out.println(
        ("training a flow of " + config.flow().flows() + " energies on " + config.flow().density())
            + (" (" + experiment.model().parameters().count() + " parameters) on backend ")
            + (experiment.model().parameters().backend().name() + ", into " + folder));
    out.flush();
  }

  private FlowTrainer.Result train(
      FlowTrainer trainer, Function<FlowTrainer, FlowTrainer.Result> training) {
    try {
      return training.apply(trainer);
    } catch (NonFiniteException stopped) {
      throw new Failure(
          (stopped.getMessage() + "; the last good checkpoint, of step " + trainer.savedSteps())
              + (", is " + folder.lastCheckpoint() + "; start again with a lower")
              + (" train.learning-rate than " + experiment.config().train().learningRate()),
          stopped);
    }
  }

  private void report(FlowTrainer.Result result) {
    out.println(
        String.format(
            Locale.ROOT,
            "%d steps in %.0f s; drawing pictures",
            result.steps() - result.first(),
            result.seconds()));
    out.flush();
    new FlowReport(experiment, folder).write().forEach(file -> out.println("  " + file));
    out.println("measure it with: " + Main.invocation() + " flow evaluate " + folder);
  }

  /** A bar, and a line for each evaluation. */
  private static final class Progress implements FlowListener, AutoCloseable {
    private final PrintWriter out;
    private final long first;
    private final int batch;
    private ProgressBar bar;

    Progress(PrintWriter out, long first, int batch) {
      this.out = out;
      this.first = first;
      this.batch = batch;
    }

    @Override
    public void stepped(long done, long total, double loss) {
      if (bar == null) {
        bar = ProgressBar.on(out, Math.max(first, done - 1), total, batch, "points");
      }
      bar.update(done, String.format(Locale.ROOT, "-ELBO %.3f", loss));
    }

    @Override
    public void evaluated(long done, FlowScore score) {
      bar.message("step " + done + ": " + FlowFigures.line(score));
    }

    @Override
    public void close() {
      if (bar != null) {
        bar.close();
        bar = null;
      }
    }
  }
}
