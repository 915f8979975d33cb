package hgn.config;

import java.util.List;

/**
 * The whole configuration of a run of a Neural Hamiltonian Flow, see {@link ConfigLoader#loadFlow}.
 *
 * @param flow section {@code flow}
 * @param train section {@code train}
 * @param engine section {@code engine}
 */
public record NhfConfig(NhfModelConfig flow, NhfTrainConfig train, EngineConfig engine) {
  /**
   * Keys that a resumed run may change. The number of steps is not among them, since the learning
   * rate schedule depends on it.
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
   * The keys that a resumed run may not change and whose values differ from {@code before}, each
   * with both values.
   */
  public List<String> fixedChanges(NhfConfig before) {
    return ConfigChanges.between(before, this, FREE_KEYS);
  }

  /** Returns all keys as YAML. */
  public String toYaml() {
    return Yaml.write(ConfigBinder.tree(this));
  }
}
