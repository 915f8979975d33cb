package hgn.benchmarks;

/**
 * A piece of work to be timed.
 *
 * @param work does it once, and waits for it
 * @param amount how much it is, in units of {@code ceiling}: operations, bytes or objects
 * @param ceiling what bounds it
 * @param check throws if the work's results are wrong; run once, after the timing
 * @param closing frees what it needs
 */
record Task(Runnable work, double amount, Ceiling ceiling, Runnable check, Runnable closing) {
  Task(Runnable work, double amount, Ceiling ceiling) {
    this(work, amount, ceiling, () -> {}, () -> {});
  }

  Task checkedBy(Runnable check) {
    return new Task(work, amount, ceiling, check, closing);
  }

  Task closedBy(Runnable closing) {
    return new Task(work, amount, ceiling, check, closing);
  }
}
