package hgn.loss;

import hgn.autograd.Var;
import hgn.data.Batch;
import hgn.nn.Parameters;
import hgn.tensor.Shape;
import java.util.Optional;

/** How a kind of model learns from a batch: what a step of training minimises. */
public interface ModelLoss {
  /**
   * The terms of a loss.
   *
   * @param mse mean squared error of a pixel, a scalar
   * @param latent what is minimised beside it, see {@link ModelLoss#latentTerm}; a scalar
   * @param reported that part of it which is reported
   */
  record Terms(Var mse, Var latent, Var reported) {}

  /** The model's parameters. */
  Parameters parameters();

  /** What the loss has beside the error of pixels. */
  LatentTerm latentTerm();

  /** Shape of the noise that a batch takes; empty if it takes none. */
  Optional<Shape> noise(Batch batch);

  /** Numbers of the states that the batch's frames show, for steps that choose; else empty. */
  Optional<double[]> states(Batch batch);

  /**
   * Records the loss of a batch. On a backend that can record a step, the work depends on the
   * batch's shape alone: all that changes comes from {@code inputs}.
   */
  Terms terms(Batch batch, StepInputs inputs);
}
