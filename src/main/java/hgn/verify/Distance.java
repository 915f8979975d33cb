package hgn.verify;

import hgn.dynamics.PhaseState;

/** Distance between states. */
final class Distance {
  private Distance() {}

  /** Root mean square of all elements' differences. */
  static double rms(double[][] a, double[][] b) {
    double sum = 0;
    int count = 0;
    for (int half = 0; half < 2; half++) {
      for (int i = 0; i < a[half].length; i++) {
        double difference = a[half][i] - b[half][i];
        sum += difference * difference;
        count++;
      }
    }
    return Math.sqrt(sum / count);
  }

  /** q and p as plain numbers. */
  static double[][] values(PhaseState state) {
    return new double[][] {state.q().value().toDoubles(), state.p().value().toDoubles()};
  }
}
