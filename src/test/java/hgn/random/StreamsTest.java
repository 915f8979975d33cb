package hgn.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StreamsTest {
  private static final long LAST = (1L << 48) - 1;

  @Test
  void aRolloutsStreamIsItsIndex() {
    assertEquals(17, Streams.ROLLOUTS.at(17));
  }

  @Test
  void firstAndLastStreamsOfAllUsesDiffer() {
    Set<Long> seen = new HashSet<>();
    for (Streams use : Streams.values()) {
      seen.add(use.at(0));
      seen.add(use.at(LAST));
      assertEquals(LAST, use.at(LAST) - use.at(0));
    }
    assertEquals(2 * Streams.values().length, seen.size());
  }

  @ParameterizedTest
  @EnumSource(Streams.class)
  void anotherUsesStreamsAreOutOfReach(Streams use) {
    assertThrows(IllegalArgumentException.class, () -> use.at(LAST + 1));
    assertThrows(IllegalArgumentException.class, () -> use.at(-1));
  }
}
