package hgn.train;

/** The steps of a training, each with its batch, in sequence. */
interface StepSequence extends AutoCloseable {
  /**
   * Makes the next step.
   *
   * @param step its number
   * @param stop whether this process asks to stop after it
   * @throws NonFiniteException if {@link #isEager} and a term of the loss or a gradient is not
   *     finite
   */
  void run(long step, boolean stop);

  /** Whether to stop after the last step, by what this process, or any of several, asks for. */
  boolean stops(boolean requested);

  /** Requests the losses of the last step without waiting. */
  PendingLosses ask();

  /** Whether {@link #run} waits for the step, so that {@link #ask} returns at once. */
  boolean isEager();

  @Override
  void close();
}
