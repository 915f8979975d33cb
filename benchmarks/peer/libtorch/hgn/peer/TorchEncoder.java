package hgn.peer;

import hgn.model.HgnSpec;
import hgn.tensor.Activation;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** q_phi(z | frames), see {@link hgn.model.Encoder}. */
final class TorchEncoder {
  private static final Scalar HALF = Scope.constant(0.5);
  private static final Scalar ONE = Scope.constant(1);

  private final List<TorchConv> trunk;
  private final TorchConv mean;
  private final TorchConv logVariance;

  /**
   * A diagonal Gaussian over z.
   *
   * @param mean (N,C,H,W)
   * @param logVariance of the same shape
   */
  record Posterior(Tensor mean, Tensor logVariance) {
    /** z = mean + exp(logvar/2) noise. */
    Tensor sample(Tensor noise) {
      return Scope.only(() -> mean.add(logVariance.mul(HALF).exp().mul(noise)));
    }

    /** sum(mean^2 + exp(logvar) - 1 - logvar)/2 over batch and z. */
    Tensor divergence() {
      return Scope.only(
          () -> {
            Tensor terms = mean.square().add(logVariance.exp()).sub(logVariance).sub(ONE);
            return terms.sum().mul(HALF);
          });
    }
  }

  TorchEncoder(TorchParameters parameters, HgnSpec spec) {
    trunk = TorchConv.stack(parameters, "encoder.trunk", spec.encoder());
    mean = TorchConv.same(parameters, "encoder.mean", 3, Activation.IDENTITY);
    logVariance = TorchConv.same(parameters, "encoder.logvar", 3, Activation.IDENTITY);
  }

  /** The posterior of z for clips (N, frames * colours, height, width). */
  Posterior apply(Tensor clips) {
    Tensor features = TorchConv.through(trunk, clips);
    return new Posterior(mean.apply(features), logVariance.apply(features));
  }
}
