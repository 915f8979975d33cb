package hgn.train;

import hgn.predict.Estimate;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/**
 * Says once that the posterior has collapsed: for many steps it has told nothing about the film,
 * and the model has drawn the same picture whatever it saw.
 */
public final class CollapseWatch implements TrainingListener {
  /** Divergence of a clip's posterior, in nats, below which it tells nothing. */
  private static final double NOTHING = 0.1;

  /** Steps in a row, at least, and their least share of the training. */
  private static final long STEPS = 300;

  private static final long SHARE = 10;

  /** Share of the still image's error from which on the prediction is no better. */
  private static final double ALIKE = 0.95;

  private final double values;
  private final String remedy;
  private final DoubleSupplier still;
  private final Consumer<String> say;
  private long first = -1;
  private double sum;
  private int reports;
  private double stillError = Double.NaN;
  private boolean said;

  /**
   * Creates it.
   *
   * @param values numbers in a clip's decoded frames, by which the reported divergence is divided
   * @param remedy what to do, for the end of the line
   * @param still error of each film's mean frame; asked for at most once
   * @param say prints a line
   */
  CollapseWatch(double values, String remedy, DoubleSupplier still, Consumer<String> say) {
    this.values = values;
    this.remedy = remedy;
    this.still = still;
    this.say = say;
  }

  @Override
  public void begins(long done) {
    first = -1;
  }

  @Override
  public void stepped(long done, long total, TrainingStep.Losses losses) {
    if (said || losses.divergence() * values > NOTHING) {
      first = -1;
      return;
    }
    if (first < 0) {
      first = done;
      sum = 0;
      reports = 0;
    }
    sum += losses.mse();
    reports++;
    if (done - first >= Math.max(STEPS, total / SHARE)) {
      judge(done, sum / reports);
    }
  }

  private void judge(long done, double mse) {
    if (Double.isNaN(stillError)) {
      stillError = still.getAsDouble();
    }
    if (mse < ALIKE * stillError) {
      first = -1; // it draws more than a still image: ask again after as many steps
      return;
    }
    said = true;
    say.accept(
        String.format(
            Locale.ROOT,
            "step %d: the posterior has collapsed: for %d steps the divergence (KL) has been below"
                + " %.1f nats a film, and the reconstruction error (MSE) %.3g, where each film's mean"
                + " frame has %.3g: the model draws one picture whatever it sees; %s",
            done,
            done - first,
            NOTHING,
            mse,
            stillError,
            remedy));
  }

  @Override
  public void evaluated(long done, Estimate validation, boolean best) {
    // the losses of the steps suffice
  }
}
