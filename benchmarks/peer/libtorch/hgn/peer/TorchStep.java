package hgn.peer;

import hgn.data.Batch;
import hgn.train.TrainingStep;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** One step of training on a given batch, see {@link TrainingStep}. */
final class TorchStep {
  private final TorchHgn model;
  private final Tensor clips;
  private final Tensor targets;
  private final int frames;
  private final Scalar perValue;
  private final TorchGeco geco = new TorchGeco(Setting.GECO);
  private final Adam adam;

  TorchStep(TorchHgn model, Batch batch) {
    this.model = model;
    this.clips = Exchange.images(batch.clips(), batch.clipShape());
    this.targets = Exchange.images(batch.targets(), batch.targetShape());
    this.frames = batch.times().length;
    this.perValue = new Scalar(1.0 / batch.targetShape().count());
    AdamOptions options = new AdamOptions(Setting.RATE);
    options.betas().put(Setting.BETA1, Setting.BETA2);
    options.eps().put(Setting.EPSILON);
    this.adam = new Adam(model.parameters().all(), options);
  }

  /** Trains with noise on z drawn anew, (N,C,H,W). */
  void run() {
    try (PointerScope scope = new PointerScope()) {
      int size = model.spec().latentSize();
      run(torch.randn(clips.size(0), model.spec().latent(), size, size));
    }
  }

  /**
   * Trains with this noise on z; gradients stay with the parameters until the next step.
   *
   * @return the loss
   */
  double run(Tensor noise) {
    try (PointerScope scope = new PointerScope()) {
      adam.zero_grad();
      Tensor loss = loss(noise);
      loss.backward();
      adam.step();
      return loss.item_double();
    }
  }

  private Tensor loss(Tensor noise) {
    return Scope.only(
        () -> {
          TorchEncoder.Posterior posterior = model.encoder().apply(clips);
          TorchLeapfrog.Motion motion = model.imagine(posterior.sample(noise), frames);
          Tensor[] positions = motion.positions().toArray(Tensor[]::new);
          Tensor pictures = model.decoder().apply(torch.cat(new TensorVector(positions), 0));
          Tensor mse = torch.mse_loss(pictures, targets);
          return geco.loss(mse, posterior.divergence().mul(perValue));
        });
  }
}
