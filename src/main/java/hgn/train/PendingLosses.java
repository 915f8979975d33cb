package hgn.train;

/** The losses of a step that was queued, on their way from the device. */
interface PendingLosses {
  /** Whether {@link #losses} need not wait. */
  boolean haveArrived();

  /**
   * The losses; waits for them.
   *
   * @throws NonFiniteException if a term of the loss or a gradient was not finite, in the step or
   *     in one before it; the model is then as before that one
   */
  TrainingStep.Losses losses();
}
