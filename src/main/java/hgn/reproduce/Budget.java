package hgn.reproduce;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How much computing a reproduction may take. */
public enum Budget {
  /** Small networks, minutes a training on two cores. */
  QUICK(
      "quick",
      1,
      "model.preset=quick",
      "train.evaluate-every=0",
      "train.checkpoint-every=100",
      "train.evaluate-rollouts=64"),
  /** The published networks, a tenth of the paper's steps. */
  HOURS(
      "hours",
      1,
      "model.preset=published",
      "train.steps=1600",
      "train.evaluate-every=0",
      "train.checkpoint-every=200",
      "train.evaluate-rollouts=256"),
  /** What the paper's text says: 50,000 rollouts, 5 epochs, three seeds. */
  PAPER(
      "paper",
      3,
      "model.preset=published",
      "train.epochs=5",
      "train.evaluate-every=3125",
      "train.checkpoint-every=500",
      "train.evaluate-rollouts=1024");

  /**
   * How the small networks learn any of the systems in so few steps: errors count for much from the
   * beginning, or the latents stay unused for most of the training.
   */
  private static final List<String> QUICK_LEARNING =
      List.of(
          "train.learning-rate=3.0e-3",
          "train.past-frames=4",
          "train.geco.tolerance=0.02",
          "train.geco.rate=0.05",
          "train.geco.lambda=100");

  private static final int QUICK_STEPS = 900;

  /** Three bodies move so little that their latents come into use only half way through 900. */
  private static final Map<String, Integer> MORE_STEPS = Map.of("three-body", 1500);

  /** Twice the degrees of freedom, or of the bodies' common motion, and as many to spare. */
  private static final Map<String, Integer> QUICK_LATENTS =
      Map.of("double-pendulum", 8, "two-body", 8, "three-body", 8);

  private final String label;
  private final int seeds;
  private final List<String> settings;

  Budget(String label, int seeds, String... settings) {
    this.label = label;
    this.seeds = seeds;
    this.settings = List.of(settings);
  }

  /** Its name on the command line. */
  @Override
  public String toString() {
    return label;
  }

  /** How many seeds each kind of training is made with, if nothing else is asked for. */
  public int seeds() {
    return seeds;
  }

  /** What trainings of a variant on a system have in common. */
  List<String> settings(Variant variant, String system) {
    if (this != QUICK) {
      return settings;
    }
    List<String> all = new ArrayList<>(settings);
    all.add("train.steps=" + MORE_STEPS.getOrDefault(system, QUICK_STEPS));
    if (variant.isHnn()) {
      return all;
    }
    all.addAll(QUICK_LEARNING);
    if (variant != Variant.NO_TRANSFORMER) {
      all.add("model.latent=" + QUICK_LATENTS.getOrDefault(system, 4));
    }
    return all;
  }
}
