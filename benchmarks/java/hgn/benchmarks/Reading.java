package hgn.benchmarks;

/**
 * What a benchmark gave.
 *
 * @param seconds of a call: the least of all iterations' means
 * @param amount units of work in a call
 * @param unit units a second
 * @param ceiling units a second that the machine reached in the same run
 */
record Reading(double seconds, double amount, String unit, double ceiling) {
  /** Units a second. */
  double rate() {
    return amount / seconds;
  }

  /** Part of the ceiling that was reached; above 1 where work is counted that is not done. */
  double share() {
    return rate() / ceiling;
  }
}
