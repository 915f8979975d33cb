package hgn.ranks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hgn.random.Philox;
import hgn.testing.ThreadRanks;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TreeSumTest {
  private static final int SHARDS = 8;

  /** Numbers of different sizes, so that every order of adding them rounds differently. */
  private static float[] shard(int shard, int count) {
    double[] normal = new double[count];
    Philox.normal(3, shard, normal);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (normal[i] * Math.pow(10, (shard * 5 + i) % 4));
    }
    return values;
  }

  @ParameterizedTest
  @CsvSource({"1,1", "1,1000", "2,1", "2,2", "2,1001", "4,3", "4,1000", "8,5", "8,9999"})
  void theSumHasTheSameBitsOnAnyNumberOfRanks(int size, int count) {
    float[] expected = new float[count];
    for (int i = 0; i < count; i++) {
      float[] s = new float[SHARDS];
      for (int shard = 0; shard < SHARDS; shard++) {
        s[shard] = shard(shard, count)[i];
      }
      expected[i] = ((s[0] + s[1]) + (s[2] + s[3])) + ((s[4] + s[5]) + (s[6] + s[7]));
    }
    List<float[]> sums =
        ThreadRanks.run(
            size,
            ranks -> {
              TreeSum sum = new TreeSum(ranks);
              int each = SHARDS / size;
              float[] total = null;
              for (int turn = 0; turn < 2; turn++) { // it begins anew after each total
                for (int k = 0; k < each; k++) {
                  sum.add(shard(ranks.rank() * each + k, count));
                }
                total = sum.total();
              }
              return total;
            });
    sums.forEach(sum -> assertArrayEquals(expected, sum));
  }

  @Test
  void anotherOrderRoundsDifferently() {
    TreeSum tree = new TreeSum(Ranks.alone());
    float[] inTurn = new float[1000];
    for (int shard = 0; shard < SHARDS; shard++) {
      float[] values = shard(shard, inTurn.length);
      for (int i = 0; i < inTurn.length; i++) {
        inTurn[i] += values[i];
      }
      tree.add(values);
    }
    assertFalse(Arrays.equals(inTurn, tree.total()));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 6})
  void shardsThatFillNoTreeAreRefused(int shards) {
    TreeSum sum = new TreeSum(Ranks.alone());
    for (int shard = 0; shard < shards; shard++) {
      sum.add(new float[2]);
    }
    Exception refused = assertThrows(IllegalStateException.class, sum::total);
    assertEquals(
        "[tree sum] " + shards + " shards do not fill a binary tree; add a power of two of them",
        refused.getMessage());
  }

  @Test
  void ranksThatFillNoTreeAreRefused() {
    Exception refused =
        assertThrows(IllegalArgumentException.class, () -> ThreadRanks.run(3, TreeSum::new));
    assertEquals(
        "[tree sum] 3 ranks do not fill a binary tree; use a power of two of them",
        refused.getMessage());
  }
}
