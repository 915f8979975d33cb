package hgn.train;

import hgn.loss.Geco;
import hgn.predict.Estimate;
import java.util.Locale;
import java.util.function.Consumer;

/** Says once that GECO's lambda has reached its upper bound: the tolerance is out of reach. */
public final class LambdaWatch implements TrainingListener {
  private final double tolerance;
  private final Consumer<String> say;
  private boolean said;

  /**
   * Creates it.
   *
   * @param tolerance root mean squared error that GECO allows
   * @param say prints a line
   */
  LambdaWatch(double tolerance, Consumer<String> say) {
    this.tolerance = tolerance;
    this.say = say;
  }

  @Override
  public void stepped(long done, long total, TrainingStep.Losses losses) {
    if (said || losses.weight() < Geco.HIGHEST) {
      return;
    }
    said = true;
    say.accept(
        String.format(
            Locale.ROOT,
            "step %d: lambda has run away to its bound, %.0e, since the error (RMSE) stays at %.3g"
                + " above train.geco.tolerance = %s, and the divergence (KL) no longer counts; start"
                + " again with a tolerance above the noise of the data, or train.objective=vae",
            done,
            Geco.HIGHEST,
            Math.sqrt(losses.mse()),
            tolerance));
  }

  @Override
  public void evaluated(long done, Estimate validation, boolean best) {
    // the losses of the steps suffice
  }
}
