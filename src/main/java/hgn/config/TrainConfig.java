package hgn.config;

import java.util.List;

/**
 * Training, section {@code train}.
 *
 * @param steps optimiser steps; 0 means that {@code epochs} decides
 * @param epochs passes over the training rollouts
 * @param batch rollouts in a step
 * @param pastFrames frames of a rollout before the clip; with these, all frames before the inferred
 *     one are decoded and compared too, by following the motion backward
 * @param decodeFrames frames of each rollout, drawn anew in each step, that are decoded and
 *     compared; 0 means all
 * @param widening steps in which the frames that may be decoded spread from the inferred one over
 *     the whole window, at most half of all steps; 0 means all from the first step on
 * @param framesAtOnce frames of all rollouts together that are decoded at once, which bounds the
 *     memory of a step; 0 means all
 * @param learningRate Adam's step size
 * @param schedule of the learning rate: {@code constant}, or {@code cosine}
 * @param warmup steps in which the learning rate rises from 0
 * @param finalShare of the learning rate, at the end of a cosine
 * @param clipNorm bound on the norm of all gradients together; 0 means none
 * @param average decay of an exponential average of the parameters, which is what is evaluated; 0
 *     means none
 * @param patience evaluations without a lower error after which training ends; 0 means never
 * @param beta1 Adam's decay of the first moment
 * @param beta2 Adam's decay of the second moment
 * @param epsilon Adam's guard against division by zero
 * @param weightDecay factor on a parameter that Adam adds to its gradient
 * @param freeze networks that are not trained
 * @param objective {@code geco}, or {@code vae}: MSE + vae-beta KL, or {@code sum}: MSE and the
 *     latent terms of an HNN, the only one that it has
 * @param vaeBeta weight of the KL term under {@code vae}, at the last step
 * @param vaeBetaStart its weight at the first step; 0 means the same throughout
 * @param aggregateWeight weight of the KL divergence of a batch's posteriors, taken together, from
 *     the prior; it is added to their own, and keeps the posteriors where the prior draws from
 * @param geco constants of {@code geco}
 * @param seed seed of initial weights, of the noise on z and of the order of the data
 * @param logEvery steps between lines of the metrics
 * @param evaluateEvery steps between evaluations on validation rollouts: those of the training set
 *     behind the ones that are trained on; 0 means at the end only
 * @param checkpointEvery steps between checkpoints; 0 means at the end only
 * @param evaluateRollouts rollouts in an evaluation
 * @param tensorboard whether events for TensorBoard are written beside the metrics
 */
public record TrainConfig(
    @Range(min = 0) long steps,
    @Range(min = 0) int epochs,
    @Range(min = 1) int batch,
    @Range(min = 0, max = 9999) int pastFrames,
    @Range(min = 0, max = 9999) int decodeFrames,
    @Range(min = 0) long widening,
    @Range(min = 0) int framesAtOnce,
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
  /** Keeps a copy of the list. */
  public TrainConfig {
    freeze = List.copyOf(freeze);
  }

  /** The objective whose multiplier follows a constraint. */
  public static final String GECO = "geco";

  /** The objective with a fixed weight of the KL term. */
  public static final String VAE = "vae";

  /** The learning rate that stays. */
  public static final String CONSTANT = "constant";

  /** The learning rate that falls along a cosine. */
  public static final String COSINE = "cosine";

  /** The loss of an HNN: its terms as they are. */
  public static final String SUM = "sum";
}
