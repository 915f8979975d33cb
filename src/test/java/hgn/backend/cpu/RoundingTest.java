package hgn.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hgn.tensor.Conv2dGeometry;
import hgn.tensor.Precision;
import hgn.testing.backends.Precisions;
import org.junit.jupiter.api.Test;

/** When convolutions round their factors. */
class RoundingTest {
  @Test
  void onlyInBf16WithTilesAndNotWhereTheyMustBeExact() {
    Conv2dGeometry geometry = Conv2dGeometry.symmetric(1, 1);
    for (Isa isa : Isa.values()) {
      Rounding rounding = new Rounding(isa);
      for (Precision precision : Precision.values()) {
        Precisions.in(
            precision,
            () -> {
              boolean expected = isa == Isa.AMX && precision == Precision.BF16;
              assertEquals(expected, rounding.applies());
              assertEquals(expected, rounding.applies(geometry));
              assertEquals(false, rounding.applies(geometry.exactly()));
            });
      }
    }
  }
}
