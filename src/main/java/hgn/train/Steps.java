package hgn.train;

/** Runs the steps of a training one after the other. */
interface Steps extends AutoCloseable {
  /**
   * Trains on the next batch.
   *
   * @param step number of the step
   */
  void run(Batch batch, long step);

  /**
   * Waits for the last step and gives its losses.
   *
   * @throws NonFiniteException if a term of a step's loss or a gradient was not finite; the model
   *     is then as before that step
   */
  TrainingStep.Losses losses();

  /** Whether a step is done when {@link #run} returns, so that {@link #losses} costs nothing. */
  boolean isImmediate();

  @Override
  void close();

  /** Each step queued from the tape, operation by operation, and waited for. */
  static Steps immediate(TrainingStep step) {
    return new Steps() {
      private TrainingStep.Losses losses;

      @Override
      public void run(Batch batch, long number) {
        losses = step.run(batch, number);
      }

      @Override
      public TrainingStep.Losses losses() {
        return losses;
      }

      @Override
      public boolean isImmediate() {
        return true;
      }

      @Override
      public void close() {
        // holds nothing
      }
    };
  }
}
