package hgn.cli.nhf;

import hgn.cli.console.ExitCode;
import hgn.cli.console.Failure;
import hgn.cli.console.Interruption;
import hgn.cli.console.Invocation;
import hgn.cli.console.ProgressBar;
import hgn.config.NhfConfig;
import hgn.report.NhfReport;
import hgn.run.RunFolder;
import hgn.train.NonFiniteException;
import hgn.train.nhf.NhfExperiment;
import hgn.train.nhf.NhfListener;
import hgn.train.nhf.NhfScore;
import hgn.train.nhf.NhfTrainer;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.Function;

/** One call of {@code flow train}: training with progress and interruption, then the pictures. */
final class NhfSession {
  private final NhfExperiment experiment;
  private final RunFolder folder;
  private final PrintWriter out;
  private final PrintWriter err;

  NhfSession(NhfExperiment experiment, RunFolder folder, PrintWriter out, PrintWriter err) {
    this.experiment = experiment;
    this.folder = folder;
    this.out = out;
    this.err = err;
  }

  /** Trains from the initial parameters; returns the exit code. */
  int begin() {
    return run(NhfTrainer::start);
  }

  /** Trains from the last checkpoint; returns the exit code. */
  int resume() {
    return run(NhfTrainer::resume);
  }

  private int run(Function<NhfTrainer, NhfTrainer.Result> training) {
    NhfConfig config = experiment.config();
    long first = experiment.adam().steps();
    try (Progress progress = new Progress(out, first, config.train().batch())) {
      NhfTrainer trainer = new NhfTrainer(experiment, folder, progress);
      String again = "go on with: " + Invocation.of("flow", "train", "--resume", folder.toString());
      try (Interruption interruption =
          new Interruption(trainer::requestStop, "stopped at the last checkpoint; " + again, err)) {
        announce();
        NhfTrainer.Result result = train(trainer, training);
        progress.close();
        if (result.steps() < config.train().steps()) {
          interruption.farewell(
              "saved at step " + result.steps() + " of " + config.train().steps() + "; " + again);
          return ExitCode.INTERRUPTED;
        }
        interruption.farewell("the flow is trained, but not all pictures are drawn; " + again);
        report(result);
        return 0;
      }
    }
  }

  private void announce() {
    NhfConfig config = experiment.config();
    out.println(
        ("training a flow of " + config.flow().flows() + " energies on " + config.flow().density())
            + (" (" + experiment.model().parameters().count() + " parameters) on backend ")
            + (experiment.model().parameters().backend().name() + ", into " + folder));
    out.flush();
  }

  private NhfTrainer.Result train(
      NhfTrainer trainer, Function<NhfTrainer, NhfTrainer.Result> training) {
    try {
      return training.apply(trainer);
    } catch (NonFiniteException stopped) {
      throw new Failure(
          (stopped.getMessage() + "; the last good checkpoint, of step " + trainer.savedSteps())
              + (", is " + folder.lastCheckpoint() + "; ")
              + stopped.remedy(
                  1,
                  experiment.config().train().learningRate(),
                  "flow.flows and the other settings of the flow"),
          stopped);
    }
  }

  private void report(NhfTrainer.Result result) {
    out.println(
        String.format(
            Locale.ROOT,
            "%d steps in %.0f s; drawing pictures",
            result.steps() - result.first(),
            result.seconds()));
    out.flush();
    new NhfReport(experiment, folder)
        .write(folder.path())
        .forEach(file -> out.println("  " + file));
    out.println("measure it with: " + Invocation.of("flow", "evaluate", folder.toString()));
  }

  /** A bar, and a line for each evaluation. */
  private static final class Progress implements NhfListener, AutoCloseable {
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
    public void evaluated(long done, NhfScore score) {
      bar.message("step " + done + ": " + NhfFormat.line(score));
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
