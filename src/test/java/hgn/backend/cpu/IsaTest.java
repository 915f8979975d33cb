package hgn.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Which instruction set a name selects. */
class IsaTest {
  @Test
  void aPlainerOneThanTheProcessorsMayBeAskedFor() {
    assertEquals(Isa.AVX2, Isa.parse("avx2", Isa.AVX512));
    assertEquals(Isa.PORTABLE, Isa.parse("portable", Isa.PORTABLE));
  }

  @Test
  void aWiderOneIsRefusedWithBothNames() {
    var refusal =
        assertThrows(UnsupportedOperationException.class, () -> Isa.parse("avx512", Isa.AVX2));
    assertTrue(refusal.getMessage().contains("avx512"), refusal.getMessage());
    assertTrue(refusal.getMessage().contains("avx2;"), refusal.getMessage());
  }

  @Test
  void anUnknownOneIsRefusedWithTheKnownNames() {
    var refusal =
        assertThrows(UnsupportedOperationException.class, () -> Isa.parse("sse9", Isa.AVX512));
    assertTrue(refusal.getMessage().contains("portable, avx2, avx512, amx"), refusal.getMessage());
  }
}
