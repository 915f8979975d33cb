package hgn.reproduce;

import hgn.config.Config;
import hgn.config.ConfigLoader;
import java.util.ArrayList;
import java.util.List;

/** How much computing a reproduction may take. */
public enum Budget {
  /** Small networks: minutes for the main model on each system, less for all others. */
  QUICK("quick", "quick"),
  /** The same networks: the main model five times as long, all else three times. */
  DESK("desk", "quick"),
  /** What the paper's text says: 50,000 rollouts, 5 epochs, three seeds. */
  PAPER("paper", "published");

  /** How many times longer than the quick preset's the main model's training is at a desk. */
  private static final int LONGEST = 5;

  /** How many times longer any other is. */
  private static final int LONGER = 3;

  /** Steps of what is not the main model, at most, at the quick budget. */
  private static final long FEW = 500;

  /** Of the main model under settings of a section's own. */
  private static final long SOME = 1000;

  /** Rollouts on which the main model is measured, and all else. */
  private static final int MANY_ROLLOUTS = 256;

  private static final int FEW_ROLLOUTS = 64;

  /** Of the main model. */
  private static final int SEVERAL_SEEDS = 3;

  private final String label;
  private final String preset;

  Budget(String label, String preset) {
    this.label = label;
    this.preset = preset;
  }

  /** Its name on the command line. */
  @Override
  public String toString() {
    return label;
  }

  /**
   * How many seeds a variant is trained with, if nothing else is asked for.
   *
   * @param plain whether no section changes its settings
   */
  public int seeds(Variant variant, boolean plain) {
    return switch (this) {
      case QUICK -> 1;
      case DESK -> variant == Variant.LEAPFROG && plain ? SEVERAL_SEEDS : 1;
      case PAPER -> SEVERAL_SEEDS;
    };
  }

  /**
   * What trainings of a variant on a system have in common.
   *
   * @param plain whether no section changes its settings
   */
  public List<String> settings(Variant variant, String system, boolean plain) {
    List<String> all = new ArrayList<>();
    all.add("model.preset=" + preset);
    all.add("data.system=" + system);
    all.add("data.renderer=table1");
    if (!variant.isHnn()) {
      all.add("model.frames-in=all"); // HNNs look at pairs of frames
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
   * The preset's steps on a system, at most so many, times a factor; its horizon widens over the
   * same share of them.
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
