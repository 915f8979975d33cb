package hgn.benchmarks;

import hgn.tensor.Tensor;

/** Checks that timed work gave something. */
final class Results {
  private Results() {}

  /**
   * Checks that the numbers are finite and differ.
   *
   * @throws IllegalStateException if they do not
   */
  static void requireVariation(Tensor tensor) {
    float[] values = tensor.toFloats();
    boolean varies = false;
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new IllegalStateException("[benchmarks] a result is " + value);
      }
      varies |= value != values[0];
    }
    if (!varies) {
      throw new IllegalStateException("[benchmarks] all results are " + values[0]);
    }
  }
}
