package hgn.loss;

import hgn.autograd.Var;
import hgn.data.Batch;
import hgn.model.MixtureMoments;
import hgn.model.Posterior;
import hgn.nn.Parameters;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
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

  /**
   * The loss of one part of a batch, in two stages, between which the parts exchange what the loss
   * pools over the whole batch.
   */
  interface Part {
    /**
     * The part's posteriors, if the loss {@linkplain #pools} those of the whole batch; else empty.
     */
    Optional<Posterior> pooled();

    /**
     * The terms, whose gradients averaged over parts of equal size are those of the whole batch;
     * the values of {@link Terms#mse} and {@link Terms#reported} are so too.
     *
     * @param moments those of the whole batch; null if nothing is pooled
     */
    Terms terms(MixtureMoments moments);
  }

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

  /** Begins to record the loss of a part of a batch. */
  Part part(Batch part, StepInputs inputs);

  /** Whether the loss has a term that pools the posteriors of the whole batch. */
  boolean pools();

  /**
   * The terms of a whole batch whose parts have been computed, as constants.
   *
   * @param part one of them
   * @param mse mean of the parts'
   * @param reported mean of the parts'
   * @param moments those of the whole batch; null if nothing is pooled
   */
  Terms whole(Batch part, Tensor mse, Tensor reported, MixtureMoments moments);
}
