package hgn.testing.programs;

import hgn.ranks.Launch;
import hgn.ranks.RankLostException;
import hgn.ranks.TreeSum;
import hgn.ranks.mpi.MpiRanks;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/**
 * A rank of an {@code mpirun}: sums as many blocks as it is told, one after the other, with a pause
 * of so many milliseconds before each.
 */
public final class RanksProgram {
  private static final int COUNT = 100_003;

  private RanksProgram() {}

  public static void main(String[] args) {
    int turns = Integer.parseInt(args[0]);
    long pause = Long.parseLong(args[1]) * 1_000_000;
    MpiRanks ranks;
    try {
      ranks =
          MpiRanks.start(
              Launch.of(System.getenv()).orElseThrow(),
              line -> {
                System.out.println("last words: " + line);
                Runtime.getRuntime().halt(3);
              });
    } catch (UnsupportedOperationException refused) {
      System.out.println("refused: " + refused.getMessage());
      Runtime.getRuntime().halt(2);
      return;
    }
    try {
      TreeSum sum = new TreeSum(ranks);
      for (int turn = 0; turn < turns; turn++) {
        LockSupport.parkNanos(pause);
        float[] own = new float[COUNT];
        Arrays.fill(own, 1 << ranks.rank());
        sum.add(own);
        for (float value : sum.total()) {
          if (value != (1 << ranks.size()) - 1) {
            throw new IllegalStateException("the sum is " + value);
          }
        }
        if (ranks.isFirst() && turn == 0) {
          System.out.println("begun");
        }
      }
      ranks.finish();
      System.out.println(ranks.name(ranks.rank()) + " is done");
      System.exit(0);
    } catch (RankLostException lost) {
      if (ranks.fails(lost.getMessage())) {
        System.out.println(ranks.name(ranks.rank()) + " says: " + lost.getMessage());
      }
      ranks.abort(1);
      Runtime.getRuntime().halt(1);
    }
  }
}
