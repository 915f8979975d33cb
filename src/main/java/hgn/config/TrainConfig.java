package hgn.config;

import java.util.List;

/**
 * Training settings, section {@code train}.
 *
 * @param steps optimiser steps; 0 to set the length by {@code epochs}
 * @param epochs passes over the training rollouts
 * @param batch rollouts per step
 * @param shards equal parts of a batch, each computed alone and added up in a fixed order, so that
 *     the result does not depend on how many processes share them; a power of two. 1 computes a
 *     batch as a whole
 * @param pastFrames frames of a rollout before the clip; if positive, all frames before the
 *     inferred one are also decoded, by integrating backward in time
 * @param decodeFrames randomly chosen frames of each rollout that a step decodes; 0 means all
 * @param widening steps over which the decoded frames spread from the inferred one to the whole
 *     window, at most half of all steps; 0 means the whole window from the first step
 * @param framesAtOnce frames of all rollouts decoded at once, which bounds the memory of a step
 * @param learningRate learning rate of Adam
 * @param schedule the learning rate's schedule: {@code constant} or {@code cosine}
 * @param warmup steps over which the learning rate rises from 0
 * @param finalShare fraction of the learning rate that remains at the end of a cosine schedule
 * @param clipNorm bound on the global norm of the gradients; 0 means none
 * @param average decay of an exponential moving average of the parameters, used for evaluation; 0
 *     means none
 * @param patience evaluations without improvement after which training stops; 0 means never
 * @param beta1 Adam's decay of the first moment
 * @param beta2 Adam's decay of the second moment
 * @param epsilon Adam's guard against division by zero
 * @param weightDecay L2 coefficient: Adam adds this times the parameter to its gradient
 * @param freeze networks that are not trained
 * @param objective {@code geco}; {@code vae}: MSE + vae-beta KL; or {@code sum}: MSE plus the
 *     latent terms of an HNN (the only objective of an HNN)
 * @param vaeBeta weight of the KL term under {@code vae} at the last step
 * @param vaeBetaStart weight at the first step; 0 means a constant weight
 * @param aggregateWeight weight of an additional term, the KL divergence of the batch's aggregate
 *     posterior from the prior; keeps the posteriors where the prior has its mass. A deterministic
 *     model has this term too
 * @param geco constants of {@code geco}
 * @param seed seed of initial weights, noise on z and order of the data
 * @param logEvery steps between lines of the metrics log
 * @param evaluateEvery steps between evaluations on the validation set, which follows the training
 *     rollouts in the data; 0 means at the end only
 * @param checkpointEvery steps between checkpoints; 0 means at the end only
 * @param evaluateRollouts rollouts per evaluation
 * @param tensorboard whether events for TensorBoard are written beside the metrics
 */
public record TrainConfig(
    @Range(min = 0) long steps,
    @Range(min = 0) int epochs,
    @Range(min = 1) int batch,
    @Range(min = 1) int shards,
    @Range(min = 0, max = 9999) int pastFrames,
    @Range(min = 0, max = 9999) int decodeFrames,
    @Range(min = 0) long widening,
    FramesAtOnce framesAtOnce,
    @Range(above = 0) double learningRate,
    @OneOf(Choices.SCHEDULES) String schedule,
    @Range(min = 0) long warmup,
    @Range(min = 0, max = 1) double finalShare,
    @Range(min = 0) double clipNorm,
    @Range(min = 0, below = 1) double average,
    @Range(min = 0) int patience,
    @Range(min = 0, below = 1) double beta1,
    @Range(min = 0, below = 1) double beta2,
    @Range(above = 0) double epsilon,
    @Range(min = 0) double weightDecay,
    @OneOf(Choices.NETWORKS) List<String> freeze,
    @OneOf(Choices.OBJECTIVES) String objective,
    @Range(min = 0) double vaeBeta,
    @Range(min = 0) double vaeBetaStart,
    @Range(min = 0) double aggregateWeight,
    GecoConfig geco,
    long seed,
    @Range(min = 1) int logEvery,
    @Range(min = 0) int evaluateEvery,
    @Range(min = 0) int checkpointEvery,
    @Range(min = 1) int evaluateRollouts,
    boolean tensorboard) {
  public TrainConfig {
    freeze = List.copyOf(freeze);
  }

  /** The objective with a constrained reconstruction error and an adaptive multiplier. */
  public static final String GECO = "geco";

  /** The objective with a fixed weight of the KL term. */
  public static final String VAE = "vae";

  /** A constant learning rate. */
  public static final String CONSTANT = "constant";

  /** A learning rate that falls along a cosine. */
  public static final String COSINE = "cosine";

  /** The loss of an HNN: the unweighted sum of its terms. */
  public static final String SUM = "sum";
}
