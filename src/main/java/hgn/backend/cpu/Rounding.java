package hgn.backend.cpu;

import hgn.tensor.Conv2dGeometry;
import hgn.tensor.Precision;

/**
 * Whether convolutions round their factors to bfloat16: where that is configured and the processor
 * has tiles for it. By vectors it would take longer than float32, whose convolutions need a quarter
 * of the products.
 */
record Rounding(Isa isa) {
  /** Whether those that need not be exact do now. */
  boolean applies() {
    return isa.hasTiles() && Precision.configured() == Precision.BF16;
  }

  /** Whether one of this geometry does now. */
  boolean applies(Conv2dGeometry geometry) {
    return !geometry.exact() && applies();
  }
}
