package hgn.cli.console;

import hgn.loss.LatentTerm;
import hgn.predict.Estimate;
import hgn.train.TrainingListener;
import hgn.train.TrainingStep;
import java.io.PrintWriter;
import java.util.Locale;

/** Shows a training run as a progress bar with a line for each evaluation. */
public final class TrainingProgress implements TrainingListener, AutoCloseable {
  private final PrintWriter out;
  private final int batch;
  private final LatentTerm latent;
  private ProgressBar bar;

  /**
   * Creates progress on {@code out} for steps of {@code batch} rollouts.
   *
   * @param latent the loss term besides the reconstruction error
   */
  public TrainingProgress(PrintWriter out, int batch, LatentTerm latent) {
    this.out = out;
    this.batch = batch;
    this.latent = latent;
  }

  @Override
  public void stepped(long done, long total, TrainingStep.Losses losses) {
    if (bar == null) {
      bar = ProgressBar.on(out, done, total, batch, "rollouts");
    }
    bar.update(done, values(losses.loss(), losses.mse(), losses.divergence(), losses.weight()));
  }

  private String values(double loss, double mse, double beside, double weight) {
    return String.format(
        Locale.ROOT,
        "loss %.3g MSE %.3g %s %.3g lambda %.3g",
        loss,
        mse,
        latent.label(),
        beside,
        weight);
  }

  @Override
  public void evaluated(long done, Estimate validation, boolean best) {
    say(
        "step "
            + done
            + ": validation MSE "
            + Format.mse(validation)
            + (best ? ", the best yet" : ""));
  }

  /** Prints a line of its own, above the bar. */
  public void say(String line) {
    if (bar == null) {
      out.println(line);
    } else {
      bar.message(line);
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
