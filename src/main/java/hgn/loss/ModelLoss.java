package hgn.loss;

import hgn.autograd.Var;
import hgn.data.Batch;
import hgn.nn.Parameters;
import hgn.tensor.Shape;
import java.util.Optional;

/** The loss of one kind of model. */
public interface ModelLoss {
  /**
   * The terms of a loss.
   *
   * @param mse mean squared error per pixel, a scalar
   * @param latent the other minimised term, see {@link ModelLoss#latentTerm}; a scalar
   * @param reported the part of {@code latent} that is reported
   */
  record Terms(Var mse, Var latent, Var reported) {}

  /** The model's parameters. */
  Parameters parameters();

  /** The kind of {@link Terms#latent}. */
  LatentTerm latentTerm();

  /** Shape of the noise that a batch needs; empty if none. */
  Optional<Shape> noise(Batch batch);

  /** Indices of the states shown in the batch's frames; empty if all states are decoded. */
  Optional<double[]> states(Batch batch);

  /**
   * Records the loss of a batch. On a backend that can record a step, the work depends only on the
   * batch's shape: all varying data comes from {@code inputs}.
   */
  Terms terms(Batch batch, StepInputs inputs);
}
