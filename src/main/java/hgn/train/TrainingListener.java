package hgn.train;

import hgn.predict.Estimate;

/** Follows a training run; called on the training thread, between steps. */
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
   * A step is done.
   *
   * @param done steps made so far, of {@code total}
   */
  void stepped(long done, long total, TrainingStep.Losses losses);

  /**
   * The model was measured on validation rollouts.
   *
   * @param best whether it was never better
   */
  void evaluated(long done, Estimate validation, boolean best);
}
