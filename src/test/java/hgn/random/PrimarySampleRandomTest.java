package hgn.random;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PrimarySampleRandomTest {
  @Test
  void chosenNumbersComeFirstThenThoseOfTheStream() {
    var chosen = new PrimarySampleRandom(new double[] {0.25, 0.75}, 3, 5, 7);
    var stream = new PhiloxRandom(3, 5, 7);
    assertEquals(0.25, chosen.nextDouble());
    assertEquals(1.5, chosen.uniform(0, 2));
    for (int i = 0; i < 10; i++) {
      assertEquals(stream.nextDouble(), chosen.nextDouble());
    }
    assertEquals(12, chosen.used());
  }

  /** Each number drawn, of any kind, is derived from one chosen number. */
  @Test
  void everyKindOfNumberIsMadeOfTheChosen() {
    var rng = new PrimarySampleRandom(new double[] {0.5, 0.5, 0.5, 0.25}, 1, 1, 0);
    assertEquals(Integer.MIN_VALUE, rng.nextInt());
    assertEquals(Long.MIN_VALUE, rng.nextLong());
    assertEquals(0, rng.nextGaussian(), 1e-15);
    assertEquals(Math.sqrt(2 * Math.log(2)), rng.nextGaussian(), 1e-15);
    assertEquals(4, rng.used());
  }
}
