package hgn.testing.models;

import hgn.reproduce.Training;
import hgn.train.Experiment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Very short trainings, and a measurement of them. */
public final class TinyTrainings {
  private static final List<String> TINY =
      List.of(
          "train.batch=2",
          "train.evaluate-rollouts=2",
          "train.evaluate-every=0",
          "train.checkpoint-every=1",
          "train.steps=3",
          "data.workers=1",
          "model.frames-out=4",
          "train.past-frames=0",
          "train.decode-frames=2");

  private TinyTrainings() {}

  /** A training of three steps, unless {@code more} settings say otherwise. */
  public static Training of(String name, String... more) {
    List<String> settings = new ArrayList<>(TINY);
    settings.addAll(List.of(more));
    return new Training(name, settings);
  }

  /** The number of training steps of a model. */
  public static Map<String, Double> measure(Experiment experiment) {
    return Map.of("steps", (double) experiment.adam().steps());
  }
}
