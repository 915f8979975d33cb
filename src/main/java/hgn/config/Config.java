package hgn.config;

import java.util.ArrayList;
import java.util.List;

/**
 * The whole configuration of a run. {@link ConfigLoader} makes one; {@link #toYaml} writes all
 * keys; loading the result yields an equal object.
 *
 * @param data section {@code data}
 * @param model section {@code model}
 * @param train section {@code train}
 * @param engine section {@code engine}
 */
public record Config(DataConfig data, ModelConfig model, TrainConfig train, EngineConfig engine) {
  /**
   * Keys that a resumed run may change. They do not affect the results of the steps before the
   * last, except for rounding differences between devices; schedules, however, end at the number of
   * steps. Films may be moved if their content is unchanged.
   */
  public static final List<String> FREE_KEYS =
      List.of(
          "train.steps",
          "train.epochs",
          "train.patience",
          "train.log-every",
          "train.evaluate-every",
          "train.checkpoint-every",
          "train.tensorboard",
          "train.frames-at-once",
          "data.films",
          "data.cache",
          "data.workers",
          "engine.backend",
          "engine.threads",
          "engine.precision");

  /**
   * Checks constraints between keys.
   *
   * @throws ConfigException if two settings contradict each other
   */
  public Config {
    if (train.steps() == 0 && train.epochs() == 0) {
      throw new ConfigException(
          "train.steps and train.epochs are both 0, so there is nothing to train; set one of them");
    }
    requireAtMost("train.batch", train.batch(), "data.train-rollouts", data.trainRollouts());
    requireAtMost(
        "train.decode-frames", train.decodeFrames(), "model.frames-out", model.framesOut());
    requireAtMost(
        "train.evaluate-rollouts",
        train.evaluateRollouts(),
        "data.test-rollouts",
        data.testRollouts());
    CrossChecks.requirePossible(model, train);
    if (train.patience() > 0 && train.evaluateEvery() == 0) {
      throw new ConfigException(
          "train.patience = "
              + train.patience()
              + " counts evaluations, but train.evaluate-every = 0 asks for one at the end only; set"
              + " it to a number of steps");
    }
    if (train.warmup() > 0 && train.warmup() >= totalSteps(data, train)) {
      throw new ConfigException(
          "train.warmup = "
              + train.warmup()
              + " does not end within the "
              + totalSteps(data, train)
              + " steps of the training; lower it or raise train.steps");
    }
  }

  private static void requireAtMost(String key, int value, String limit, int most) {
    if (value > most) {
      throw new ConfigException(
          (key + " = " + value + " exceeds " + limit + " = " + most + "; lower the first")
              + " or raise the second");
    }
  }

  /** Batches in one pass over the training rollouts; an incomplete last batch is dropped. */
  public long stepsPerEpoch() {
    return stepsPerEpoch(data, train);
  }

  private static long stepsPerEpoch(DataConfig data, TrainConfig train) {
    return data.trainRollouts() / train.batch();
  }

  private static long totalSteps(DataConfig data, TrainConfig train) {
    return train.steps() > 0 ? train.steps() : train.epochs() * stepsPerEpoch(data, train);
  }

  /** Total number of optimiser steps. */
  public long totalSteps() {
    return totalSteps(data, train);
  }

  /**
   * The keys outside {@link #FREE_KEYS} whose values differ from {@code before}, each with both
   * values.
   */
  public List<String> fixedChanges(Config before) {
    return ConfigChanges.between(before, this, FREE_KEYS);
  }

  /** The keys whose values follow a schedule over the whole training. */
  public List<String> scheduled() {
    List<String> keys = new ArrayList<>();
    if (train.schedule().equals(TrainConfig.COSINE)) {
      keys.add("train.learning-rate");
    }
    if (train.objective().equals(TrainConfig.VAE) && train.vaeBetaStart() > 0) {
      keys.add("train.vae-beta");
    }
    return keys;
  }

  /** Returns all keys as YAML. */
  public String toYaml() {
    return Yaml.write(ConfigBinder.tree(this));
  }
}
