package hgn.train;

import hgn.predict.Estimate;
import java.util.List;
import java.util.Map;

/** Observes a training run. Called on the training thread between steps. */
public interface TrainingListener {
  /** A listener that does nothing. */
  TrainingListener SILENT =
      new TrainingListener() {
        @Override
        public void stepped(long done, long total, TrainingStep.Losses losses) {
          // nobody watches
        }

        @Override
        public void evaluated(long done, Estimate validation, boolean best) {
          // nobody watches
        }
      };

  /** Tells each of these, in their order. */
  static TrainingListener all(TrainingListener... listeners) {
    return new EachListener(List.of(listeners));
  }

  /** Training begins, or goes on, after {@code done} steps; what was told of later ones is void. */
  default void begins(long done) {
    // nobody keeps anything
  }

  /**
   * Called after a step.
   *
   * @param done steps completed, of {@code total}
   */
  void stepped(long done, long total, TrainingStep.Losses losses);

  /** A line went to the metrics. */
  default void logged(long done, Map<String, Double> values) {
    // they are in the metrics
  }

  /** Whether to tell the gradients of steps after which the model is evaluated. */
  default boolean watchesGradients() {
    return false;
  }

  /**
   * A gradient by one parameter, before it is bounded, of a step after which the model will be
   * evaluated. Steps that a device has recorded and repeats tell none.
   *
   * @param done steps made with this one
   * @param network that the parameter belongs to
   */
  default void differentiated(long done, String network, float[] gradient) {
    // nobody watches
  }

  /**
   * Called after an evaluation on the validation set.
   *
   * @param best whether this is the lowest error so far
   */
  void evaluated(long done, Estimate validation, boolean best);
}
