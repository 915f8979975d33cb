package hgn.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhiloxRandomTest {
  /** The known answers that accompany the published algorithm. */
  @ParameterizedTest
  @CsvSource({
    "00000000 00000000 00000000 00000000, 00000000 00000000, 6627e8d5 e169c58d bc57ac4c 9b00dbd8",
    "ffffffff ffffffff ffffffff ffffffff, ffffffff ffffffff, 408f276d 41c83b0e a20bc7c6 6d5451fd",
    "243f6a88 85a308d3 13198a2e 03707344, a4093822 299f31d0, d16cfe09 94fdcceb 5001e420 24126ea1"
  })
  void blockGivesTheKnownAnswers(String counter, String key, String expected) {
    int[] c = words(counter);
    int[] k = words(key);
    int[] out = new int[4];
    Philox.block(wide(k[0], k[1]), wide(c[2], c[3]), wide(c[0], c[1]), out);
    assertArrayEquals(words(expected), out);
  }

  private static long wide(int low, int high) {
    return (long) high << 32 | low & 0xFFFFFFFFL;
  }

  @Test
  void wordsOfAStreamAreTheBlocksOfItsCounters() {
    long seed = 0x0123456789abcdefL;
    long stream = 0xfedcba9876543210L;
    var rng = new PhiloxRandom(seed, stream, 7);
    int[] block = new int[4];
    for (int n = 0; n < 3; n++) {
      Philox.block(seed, stream, wide(n, 7), block);
      for (int word : block) {
        assertEquals(word, rng.nextInt());
      }
    }
  }

  @Test
  void seedStreamAndDomainEachGiveOtherNumbers() {
    Set<Long> first = new HashSet<>();
    int made = 0;
    for (long seed = -2; seed <= 2; seed++) {
      for (long stream = -2; stream <= 2; stream++) {
        for (int domain = 0; domain < 3; domain++, made++) {
          first.add(new PhiloxRandom(seed, stream, domain).nextLong());
        }
      }
    }
    assertEquals(made, first.size());
    assertNotEquals(
        new PhiloxRandom(1L << 32, 5).nextLong(),
        new PhiloxRandom(1, 5).nextLong(),
        "high word of the seed counts");
  }

  @Test
  void uniformNumbersFillTheirInterval() {
    var rng = new PhiloxRandom(1, 2);
    int[] bins = new int[20];
    int n = 200_000;
    for (int i = 0; i < n; i++) {
      bins[(int) ((rng.uniform(-1, 3) + 1) / 4 * bins.length)]++;
    }
    double chiSquared = 0;
    double expected = (double) n / bins.length;
    for (int count : bins) {
      chiSquared += (count - expected) * (count - expected) / expected;
    }
    assertEquals(
        19, chiSquared, 25, "chi squared with 19 degrees of freedom; 44 has probability 1e-3");
  }

  @Test
  void gaussianNumbersHaveNormalMoments() {
    var rng = new PhiloxRandom(3, 4);
    int n = 200_000;
    double[] moment = new double[5];
    double lagged = 0;
    double previous = 0;
    for (int i = 0; i < n; i++) {
      double x = rng.nextGaussian();
      double power = 1;
      for (int k = 0; k < moment.length; k++, power *= x) {
        moment[k] += power / n;
      }
      lagged += x * previous / n;
      previous = x;
    }
    double sd = 1 / Math.sqrt(n);
    assertEquals(0, moment[1], 5 * sd);
    assertEquals(1, moment[2], 5 * Math.sqrt(2) * sd);
    assertEquals(0, moment[3], 5 * Math.sqrt(15) * sd);
    assertEquals(3, moment[4], 5 * Math.sqrt(96) * sd);
    assertEquals(0, lagged, 5 * sd, "the two numbers of a pair are uncorrelated");
  }

  private static int[] words(String hex) {
    String[] parts = hex.trim().split(" ");
    int[] words = new int[parts.length];
    for (int i = 0; i < parts.length; i++) {
      words[i] = Integer.parseUnsignedInt(parts[i], 16);
    }
    return words;
  }
}
