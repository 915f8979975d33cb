package hgn.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PhiloxTest {
  private static void assertBlock(long seed, long stream, long block, int... expected) {
    int[] words = new int[4];
    Philox.block(seed, stream, block, words);
    assertArrayEquals(expected, words);
  }

  /** The known answers that Random123 publishes for philox4x32-10. */
  @Test
  void givesTheKnownAnswers() {
    assertBlock(0, 0, 0, 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8);
    assertBlock(-1, -1, -1, 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd);
    assertBlock(
        0x299f31d0a4093822L,
        0x0370734413198a2eL,
        0x85a308d3243f6a88L,
        0xd16cfe09,
        0x94fdcceb,
        0x5001e420,
        0x24126ea1);
  }

  @Test
  void uniformsLieStrictlyWithin() {
    assertEquals(0x1p-33, Philox.uniform(0));
    assertEquals(1 - 0x1p-33, Philox.uniform(-1));
    double[] values = new double[10001];
    Philox.uniform(5, 6, values);
    assertTrue(Arrays.stream(values).allMatch(u -> u > 0 && u < 1));
    assertEquals(.5, Arrays.stream(values).average().orElseThrow(), .015);
    int[] words = new int[4];
    Philox.block(5, 6, 2500, words);
    assertEquals(Philox.uniform(words[0]), values[10000]);
  }

  @Test
  void normalsComeFromTheirWords() {
    double[] values = new double[7];
    Philox.normal(11, 12, values);
    int[] words = new int[4];
    Philox.block(11, 12, 1, words);
    double radius = Math.sqrt(-2 * Math.log((Integer.toUnsignedLong(words[0]) + .5) / 4294967296.));
    double angle = 2 * Math.PI * (Integer.toUnsignedLong(words[1]) + .5) / 4294967296.;
    assertEquals(radius * Math.cos(angle), values[4], 1e-14);
    assertEquals(radius * Math.sin(angle), values[5], 1e-14);
  }

  @Test
  void aStreamCanBeDrawnFromAnyBlockOn() {
    double[] all = new double[43];
    Philox.normal(1, 2, all);
    double[] tail = new double[43 - 4 * 5];
    Philox.normal(1, 2, 5, tail);
    assertArrayEquals(Arrays.copyOfRange(all, 20, 43), tail);
    double[] shorter = new double[5];
    Philox.normal(1, 2, shorter);
    assertArrayEquals(Arrays.copyOf(all, 5), shorter);
  }
}
