package hgn.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HintsTest {
  @ParameterizedTest
  @CsvSource({
    "'', '', 0",
    "abc, abc, 0",
    "abc, '', 3",
    "kitten, sitting, 3",
    "ab, ba, 1",
    "learning_rate, learning-rate, 1",
    "bacth, batch, 1",
    "ca, abc, 3",
  })
  void knownDistances(String a, String b, int distance) {
    assertEquals(distance, Hints.distance(a, b));
    assertEquals(distance, Hints.distance(b, a));
  }

  @Property(tries = 200)
  void distancesAreBounded(
      @ForAll @AlphaChars @StringLength(max = 8) String a,
      @ForAll @AlphaChars @StringLength(max = 8) String b) {
    int distance = Hints.distance(a, b);
    assertEquals(a.equals(b), distance == 0);
    assertEquals(true, distance >= Math.abs(a.length() - b.length()));
    assertEquals(true, distance <= Math.max(a.length(), b.length()));
  }

  @Test
  void theNearestIsFound() {
    assertEquals("batch", Hints.nearest("BACTH", List.of("beta1", "batch", "epochs")));
    assertEquals("first", Hints.nearest("zzzzz", List.of("first", "other")));
    assertThrows(IllegalArgumentException.class, () -> Hints.nearest("a", List.of()));
  }
}
