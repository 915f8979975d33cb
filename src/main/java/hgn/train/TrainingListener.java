package hgn.train;

import hgn.predict.Estimate;

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

  /**
   * Called after a step.
   *
   * @param done steps completed, of {@code total}
   */
  void stepped(long done, long total, TrainingStep.Losses losses);

  /**
   * Called after an evaluation on the validation set.
   *
   * @param best whether this is the lowest error so far
   */
  void evaluated(long done, Estimate validation, boolean best);
}
