package hgn.train;

/** The losses of a queued step, which a device has yet to return. */
interface PendingLosses {
  /** Whether {@link #losses} returns without waiting. */
  boolean haveArrived();

  /**
   * Waits for the losses and returns them.
   *
   * @throws NonFiniteException if a term of the loss or a gradient was not finite in this step or
   *     an earlier one; the model is then as before that step
   */
  TrainingStep.Losses losses();

  /** Losses that have arrived. */
  static PendingLosses of(TrainingStep.Losses arrived) {
    return new PendingLosses() {
      @Override
      public boolean haveArrived() {
        return true;
      }

      @Override
      public TrainingStep.Losses losses() {
        return arrived;
      }
    };
  }
}
