package hgn.model;

import hgn.autograd.Var;
import hgn.nn.Conv2d;
import hgn.nn.Init;
import hgn.nn.Parameters;
import hgn.tensor.Activation;
import hgn.tensor.Conv2dGeometry;

/** q_phi(z | frames): maps frames stacked along the channels to mean and log-variance of z. */
public final class Encoder {
  private final EncoderTrunk trunk;
  private final Conv2d mean;
  private final Conv2d logVariance;

  /** Adds this network's parameters to {@code parameters}. */
  public Encoder(Parameters parameters, Init init, HgnSpec spec) {
    trunk = new EncoderTrunk(parameters, init, spec);
    mean = head(parameters, init, "encoder.mean", trunk.outputs(), spec);
    logVariance = head(parameters, init, "encoder.logvar", trunk.outputs(), spec);
  }

  /** A layer from features to the channels of z. */
  static Conv2d head(Parameters parameters, Init init, String name, int features, HgnSpec spec) {
    int kernel = spec.latentSize() == 1 ? 1 : 3; // around a single pixel there is only padding
    Conv2dGeometry geometry = Conv2dGeometry.symmetric(1, kernel / 2);
    boolean isState = spec.transformer().isEmpty(); // whose errors an integrator would accumulate
    return new Conv2d(
        parameters,
        init,
        name,
        features,
        spec.latent(),
        kernel,
        isState ? geometry.exactly() : geometry,
        Activation.IDENTITY,
        1);
  }

  /** The posterior of z for clips (N, height, width, frames * colours). */
  public Posterior apply(Var clips) {
    Var features = trunk.apply(clips);
    return new Posterior(mean.apply(features), logVariance.apply(features));
  }
}
