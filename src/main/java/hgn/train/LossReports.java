package hgn.train;

import hgn.loss.LatentTerm;
import hgn.run.MetricsLog;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reports losses to the listener and the metrics log when they have arrived, at the latest when the
 * next ones are asked for: so nobody waits for the step that was queued last.
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
   * Reports of a training.
   *
   * @param latent what its loss has beside the error of pixels
   * @param total its steps in all
   */
  LossReports(TrainingListener listener, MetricsLog metrics, LatentTerm latent, long total) {
    this.listener = listener;
    this.metrics = metrics;
    this.latent = latent;
    this.total = total;
  }

  /**
   * Expects the losses after {@code step} steps; those before them are reported now.
   *
   * @param log whether they go to the metrics, not to the listener alone
   */
  void expect(long step, boolean log, PendingLosses losses) {
    finish();
    pending = losses;
    this.step = step;
    logged = log;
  }

  /** Reports what has arrived. */
  void poll() {
    if (pending != null && pending.haveArrived()) {
      finish();
    }
  }

  /**
   * Waits for what is expected, and reports it.
   *
   * @throws NonFiniteException if a step up to that one had a term that was not finite
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
