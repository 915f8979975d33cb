package hgn.cli.console;

import hgn.evaluate.MetricKeys;
import hgn.files.LockHolder;
import hgn.reproduce.CampaignListener;
import hgn.reproduce.Outcome;
import hgn.reproduce.Training;
import hgn.train.Experiment;
import hgn.train.TrainingListener;
import java.io.PrintWriter;
import java.util.Locale;

/**
 * Shows the progress of a campaign: a heading, a progress bar and a result line for each training,
 * and the estimated time left.
 */
public final class CampaignProgress implements CampaignListener, AutoCloseable {
  private final PrintWriter out;
  private TrainingProgress bar;
  private int number;
  private int count;
  private int made;
  private long begun;
  private double seconds;

  public CampaignProgress(PrintWriter out) {
    this.out = out;
  }

  @Override
  public TrainingListener training(int at, int of, Training training, Experiment experiment) {
    closeBar();
    number = at;
    count = of;
    begun = System.nanoTime();
    out.println(
        at
            + "/"
            + of
            + " "
            + training.name()
            + ", "
            + experiment.config().totalSteps()
            + " steps"
            + left());
    out.flush();
    bar = new TrainingProgress(out, experiment.config().train().batch(), experiment.latentTerm());
    return bar;
  }

  /** Estimated time left, once a training has been timed. */
  private String left() {
    if (made == 0) {
      return "";
    }
    long rest = Math.round(seconds / made * (count - number + 1));
    return ", about " + ProgressBar.duration(rest) + " left in all";
  }

  @Override
  public void warned(String warning) {
    bar.say(warning);
  }

  @Override
  public void skipped(Training training) {
    closeBar();
    out.println(training.name() + " is made already");
    out.flush();
  }

  @Override
  public void elsewhere(Training training, LockHolder holder) {
    closeBar();
    out.println(training.name() + " is locked by " + holder.describe() + "; postponed");
    out.flush();
  }

  @Override
  public void waiting(int left) {
    closeBar();
    out.println(
        left
            + (left == 1 ? " training is" : " trainings are")
            + " left, locked by other processes; waiting (Ctrl-C stops)");
    out.flush();
  }

  @Override
  public void ended(Outcome outcome) {
    closeBar();
    if (outcome.succeeded()) {
      double took = (System.nanoTime() - begun) * 1e-9;
      made++;
      seconds += took;
      String line = "  test MSE %s, a static image %s, in %s";
      out.println(
          String.format(
              Locale.ROOT,
              line,
              Format.mse(outcome.value(MetricKeys.TEST)),
              Format.mse(outcome.value(MetricKeys.STATIC)),
              ProgressBar.duration(Math.round(took))));
    } else {
      out.println("  failed: " + outcome.failure());
    }
    out.flush();
  }

  private void closeBar() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }

  @Override
  public void close() {
    closeBar();
  }
}
