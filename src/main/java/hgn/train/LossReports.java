package hgn.train;

import hgn.loss.LatentTerm;
import hgn.run.MetricsLog;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reports losses to the listener and the metrics log when they have arrived, at the latest when the
 * next ones are requested, so that no one waits for the step queued last.
 */
final class LossReports {
  private final TrainingListener listener;
  private final MetricsLog metrics;
  private final LatentTerm latent;
  private final long total;
  private PendingLosses pending;
  private long step;
  private boolean logged;

  /**
   * Creates the reports of a training run.
   *
   * @param latent the loss term besides the reconstruction error
   * @param total total number of steps
   */
  LossReports(TrainingListener listener, MetricsLog metrics, LatentTerm latent, long total) {
    this.listener = listener;
    this.metrics = metrics;
    this.latent = latent;
    this.total = total;
  }

  /**
   * Registers the losses after {@code step} steps and reports earlier ones now.
   *
   * @param log whether to write them to the metrics log too
   */
  void expect(long step, boolean log, PendingLosses losses) {
    finish();
    pending = losses;
    this.step = step;
    logged = log;
  }

  /** Reports losses that have arrived. */
  void poll() {
    if (pending != null && pending.haveArrived()) {
      finish();
    }
  }

  /**
   * Waits for the registered losses and reports them.
   *
   * @throws NonFiniteException if a term of that step or an earlier one is not finite
   */
  void finish() {
    if (pending == null) {
      return;
    }
    TrainingStep.Losses losses = pending.losses();
    pending = null;
    listener.stepped(step, total, losses);
    if (logged) {
      Map<String, Double> values = values(losses);
      metrics.append(step, values);
      listener.logged(step, values);
    }
  }

  private Map<String, Double> values(TrainingStep.Losses losses) {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("loss", losses.loss());
    values.put("mse", losses.mse());
    values.put(latent.key(), losses.divergence());
    values.put("lambda", losses.weight());
    values.put("gradient_norm", losses.gradientNorm());
    return values;
  }
}
