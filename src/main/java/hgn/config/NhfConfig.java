package hgn.config;

import java.util.List;

/**
 * The whole configuration of a flow's run. {@link ConfigLoader#loadFlow} makes one.
 *
 * @param flow section {@code flow}
 * @param train section {@code train}
 * @param engine section {@code engine}
 */
public record NhfConfig(NhfModelConfig flow, NhfTrainConfig train, EngineConfig engine) {
  /**
   * Keys that a resumed run may change. The number of steps is not among them: the learning rate
   * falls towards the last one.
   */
  public static final List<String> FREE_KEYS =
      List.of(
          "train.log-every",
          "train.evaluate-every",
          "train.checkpoint-every",
          "engine.backend",
          "engine.threads",
          "engine.precision");

  /**
   * The keys that differ from those of {@code before} and on which the course of a run depends,
   * each with both values.
   */
  public List<String> fixedChanges(NhfConfig before) {
    return ConfigChanges.between(before, this, FREE_KEYS);
  }

  /** All keys as YAML. */
  public String toYaml() {
    return Yaml.write(ConfigBinder.tree(this));
  }
}
