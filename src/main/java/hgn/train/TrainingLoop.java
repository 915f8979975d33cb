package hgn.train;

/**
 * Runs steps until training ends or a stop is requested, with logs, evaluations and checkpoints
 * when they are due.
 */
public final class TrainingLoop {
  private final Cadence cadence;
  private volatile boolean stopRequested;
  private volatile long saved;

  /**
   * Intervals in steps; 0 means at the end only.
   *
   * @param log between lines of the metrics log
   * @param evaluate between evaluations
   * @param save between checkpoints
   */
  public record Cadence(int log, int evaluate, int save) {}

  /**
   * Actions due after a step.
   *
   * @param logs whether its losses are written to the metrics log
   * @param evaluates whether the model is evaluated
   * @param saves whether a checkpoint is written
   */
  public record Due(boolean logs, boolean evaluates, boolean saves) {}

  /** The actions of a loop. {@code done} is the number of completed steps. */
  public interface Work {
    /** Whether training ends here. */
    boolean isEnd();

    /**
     * Whether to return after the last step.
     *
     * @param requested whether {@link TrainingLoop#requestStop} asks for it
     */
    default boolean stops(boolean requested) {
      return requested;
    }

    /** Runs the next step after {@code done} steps. */
    void step(long done);

    /** Reports the last step. */
    void report(long done, Due due);

    /** Evaluates the model. */
    void evaluate(long done);

    /** Writes a checkpoint. */
    void save(long done);
  }

  /** Creates a loop with these intervals. */
  public TrainingLoop(Cadence cadence) {
    this.cadence = cadence;
  }

  /** Requests a running loop to return after the current step. May be called from any thread. */
  public void requestStop() {
    stopRequested = true;
  }

  /** Whether {@link #requestStop} has been called. */
  public boolean isStopRequested() {
    return stopRequested;
  }

  /** Records that a checkpoint after {@code done} steps exists. */
  public void saved(long done) {
    saved = done;
  }

  /** Steps at the last checkpoint. May be called from any thread. */
  public long savedSteps() {
    return saved;
  }

  /**
   * Runs the steps from {@code first}. The last of {@code total} is logged and evaluated.
   *
   * @return total number of completed steps
   */
  public long run(long first, long total, Work work) {
    long done = first;
    while (!work.isEnd() && !work.stops(stopRequested)) {
      work.step(done);
      done++;
      Due due = due(done, total);
      work.report(done, due);
      if (due.evaluates()) {
        work.evaluate(done);
      }
      if (due.saves()) {
        work.save(done);
      }
    }
    return done;
  }

  /** What follows the step after which {@code done} of {@code total} steps are made. */
  Due due(long done, long total) {
    boolean last = done == total;
    return new Due(
        last || isDue(cadence.log(), done),
        last || isDue(cadence.evaluate(), done),
        isDue(cadence.save(), done));
  }

  private static boolean isDue(int every, long done) {
    return every > 0 && done % every == 0;
  }
}
