package hgn.peer;

import hgn.loss.Geco;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** The objective, see {@link Geco}. Its state is in Java: on a CPU there is no wait to avoid. */
final class TorchGeco {
  private static final double LOWEST = 1e-10;
  private static final double HIGHEST = 1e10;

  private final Geco.Settings settings;
  private double lambda;
  private double average;
  private boolean started;

  TorchGeco(Geco.Settings settings) {
    this.settings = settings;
    this.lambda = settings.lambda();
  }

  /** The loss of a step; the multiplier and the average move on. */
  Tensor loss(Tensor mse, Tensor divergence) {
    double accepted = settings.tolerance() * settings.tolerance();
    double constraint = mse.item_double() - accepted;
    average =
        started ? settings.alpha() * average + (1 - settings.alpha()) * constraint : constraint;
    started = true;
    double weight = lambda;
    double raised = lambda * Math.exp(settings.rate() * average);
    lambda = Math.min(Math.max(raised, LOWEST), HIGHEST);
    double shift = average - constraint - accepted;
    return Scope.only(() -> divergence.add(mse.add(new Scalar(shift)).mul(new Scalar(weight))));
  }
}
