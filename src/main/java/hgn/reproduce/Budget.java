package hgn.reproduce;

import hgn.config.Config;
import hgn.config.ConfigLoader;
import java.util.ArrayList;
import java.util.List;

/** The compute budget of a reproduction. */
public enum Budget {
  /** Small networks: minutes for the main model on each system, less for the others. */
  QUICK("quick", "quick"),
  /** The same networks: the main model trained five times as long, all others three times. */
  DESK("desk", "quick"),
  /** The paper's budget: 50,000 rollouts, 5 epochs, three seeds. */
  PAPER("paper", "published");

  /** Factor on the main model's steps at the desk budget, relative to the quick budget. */
  private static final int LONGEST = 5;

  /** Factor on the steps of all other models. */
  private static final int LONGER = 3;

  /** Maximum steps of models other than the main one, at the quick budget. */
  private static final long FEW = 500;

  /** Maximum steps of the main model with a section's own settings. */
  private static final long SOME = 1000;

  /** Rollouts for measuring the main model, and all others. */
  private static final int MANY_ROLLOUTS = 256;

  private static final int FEW_ROLLOUTS = 64;

  /** Seeds of the main model. */
  private static final int SEVERAL_SEEDS = 3;

  private final String label;
  private final String preset;

  Budget(String label, String preset) {
    this.label = label;
    this.preset = preset;
  }

  /** Returns the name on the command line. */
  @Override
  public String toString() {
    return label;
  }

  /**
   * The default number of seeds of a variant.
   *
   * @param plain whether the section leaves its settings unchanged
   */
  public int seeds(Variant variant, boolean plain) {
    return switch (this) {
      case QUICK -> 1;
      case DESK -> variant == Variant.LEAPFROG && plain ? SEVERAL_SEEDS : 1;
      case PAPER -> SEVERAL_SEEDS;
    };
  }

  /**
   * The common settings of a variant's training runs on a system.
   *
   * @param plain whether the section leaves its settings unchanged
   */
  public List<String> settings(Variant variant, String system, boolean plain) {
    List<String> all = new ArrayList<>();
    all.add("model.preset=" + preset);
    all.add("data.system=" + system);
    all.add("data.renderer=table1");
    if (!variant.isHnn()) {
      all.add("model.frames-in=all"); // HNNs see pairs of frames
    }
    boolean hgn = variant == Variant.LEAPFROG;
    boolean main = hgn && plain;
    switch (this) {
      case QUICK -> {
        long most = main ? Long.MAX_VALUE : hgn ? SOME : FEW;
        all.addAll(lasting(variant, system, most, 1));
        all.add("train.evaluate-rollouts=" + (main ? MANY_ROLLOUTS : FEW_ROLLOUTS));
      }
      case DESK -> {
        all.addAll(lasting(variant, system, Long.MAX_VALUE, main ? LONGEST : LONGER));
        all.add("train.evaluate-rollouts=" + MANY_ROLLOUTS);
      }
      case PAPER ->
          all.addAll(
              List.of(
                  "train.epochs=5",
                  "train.evaluate-every=3125",
                  "train.checkpoint-every=500",
                  "train.evaluate-rollouts=1024"));
    }
    return all;
  }

  /**
   * Sets the steps: the preset's steps for a system, at most {@code most}, times a factor. The
   * horizon widens over the same fraction of them.
   */
  private List<String> lasting(Variant variant, String system, long most, int factor) {
    Config config =
        ConfigLoader.load(null, List.of("model.preset=" + preset, "data.system=" + system));
    long presets = config.train().steps();
    long steps = factor * Math.min(presets, most);
    long widening = config.train().widening() * steps / presets;
    List<String> all = new ArrayList<>(List.of("train.steps=" + steps));
    all.add("train.evaluate-every=" + Math.max(1, steps / 8));
    if (widening > 0 && !variant.isHnn()) {
      all.add("train.widening=" + widening);
    }
    return all;
  }
}
