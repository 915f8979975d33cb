package hgn.train;

/**
 * Takes steps until training is at its end, or until it is asked to stop, and has the rest done
 * when it is due: logs, evaluations, checkpoints.
 */
public final class TrainingLoop {
  private final Cadence cadence;
  private volatile boolean stopRequested;
  private volatile long saved;

  /**
   * Steps from one time to the next; 0 means at the end only.
   *
   * @param log between lines of the metrics
   * @param evaluate between evaluations
   * @param save between checkpoints
   */
  public record Cadence(int log, int evaluate, int save) {}

  /**
   * What follows a step.
   *
   * @param logs whether its losses belong into the metrics
   * @param evaluates whether the model is evaluated
   * @param saves whether a checkpoint is written
   */
  public record Due(boolean logs, boolean evaluates, boolean saves) {}

  /** What a loop does. Steps are counted as those made so far. */
  public interface Work {
    /** Whether training is at its end. */
    boolean isEnd();

    /** Takes the step that {@code done} steps came before. */
    void step(long done);

    /** Reports the last step. */
    void report(long done, Due due);

    /** Evaluates the model. */
    void evaluate(long done);

    /** Writes a checkpoint. */
    void save(long done);
  }

  /** A loop with this cadence. */
  public TrainingLoop(Cadence cadence) {
    this.cadence = cadence;
  }

  /** Asks a running loop to return after its step; any thread may. */
  public void requestStop() {
    stopRequested = true;
  }

  /** Notes that there is a checkpoint of so many steps. */
  public void saved(long done) {
    saved = done;
  }

  /** Steps made at the last checkpoint; any thread may ask. */
  public long savedSteps() {
    return saved;
  }

  /**
   * Takes the steps from {@code first} on; the last of {@code total} is logged and evaluated.
   *
   * @return steps made in all
   */
  public long run(long first, long total, Work work) {
    long done = first;
    while (!work.isEnd() && !stopRequested) {
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
