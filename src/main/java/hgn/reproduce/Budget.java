package hgn.reproduce;

import java.util.List;

/** How much computing a reproduction may take. */
public enum Budget {
  /** Small networks, minutes a training on two cores. */
  QUICK(
      "quick",
      1,
      "model.preset=quick",
      "train.steps=600",
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

  /** Trainings of each kind, which differ in their seeds. */
  public int seeds() {
    return seeds;
  }

  /** What every training has in common. */
  List<String> settings() {
    return settings;
  }
}
