package hgn.floor.likelihood;

import java.util.ArrayList;
import java.util.List;

/**
 * A group of coordinates q that together determine some disc centre coordinates, which depend on no
 * other q. Noise is independent between blocks, so the likelihood of a frame is a product over
 * blocks.
 *
 * @param axes the coordinates q
 * @param centres which of (x_0, y_0, x_1, y_1, ...) they determine
 */
record Block(Axis[] axes, int[] centres) {
  /** Displacements of a coordinate to probe its effect. */
  private static final double STEP = 0.37;

  /** Tolerance for equal centres, relative to the world's half width. */
  private static final double SAME = 1e-9;

  /** Finds the blocks of a system by displacing each coordinate of some states. */
  static List<Block> of(Observation view, List<double[]> probes, double sigma) {
    int n = view.system().degreesOfFreedom();
    boolean[][] moves = new boolean[n][view.coordinates()];
    for (double[] q : probes) {
      double[] here = centres(view, q);
      for (int j = 0; j < n; j++) {
        for (double step : new double[] {-STEP, STEP}) {
          double[] there = centres(view, moved(q, j, step));
          for (int k = 0; k < here.length; k++) {
            moves[j][k] |= here[k] != there[k];
          }
        }
      }
    }
    List<Block> blocks = new ArrayList<>();
    boolean[] taken = new boolean[n];
    for (int j = 0; j < n; j++) {
      if (!taken[j]) {
        List<Integer> members = new ArrayList<>();
        gather(j, moves, taken, members);
        int[] centres = movedBy(members, moves);
        if (centres.length > 0) {
          blocks.add(new Block(axes(view, probes, sigma, members), centres));
        }
      }
    }
    return blocks;
  }

  /** Collects all coordinates that share a centre with {@code j}, directly or transitively. */
  private static void gather(int j, boolean[][] moves, boolean[] taken, List<Integer> members) {
    taken[j] = true;
    members.add(j);
    for (int other = 0; other < moves.length; other++) {
      if (!taken[other] && share(moves[j], moves[other])) {
        gather(other, moves, taken, members);
      }
    }
  }

  private static boolean share(boolean[] a, boolean[] b) {
    for (int k = 0; k < a.length; k++) {
      if (a[k] && b[k]) {
        return true;
      }
    }
    return false;
  }

  private static int[] movedBy(List<Integer> members, boolean[][] moves) {
    List<Integer> found = new ArrayList<>();
    for (int k = 0; k < moves[0].length; k++) {
      for (int j : members) {
        if (moves[j][k] && !found.contains(k)) {
          found.add(k);
        }
      }
    }
    return found.stream().mapToInt(Integer::intValue).toArray();
  }

  private static Axis[] axes(
      Observation view, List<double[]> probes, double sigma, List<Integer> members) {
    return members.stream()
        .sorted()
        .map(j -> new Axis(j, turns(view, probes, j), sigma))
        .toArray(Axis[]::new);
  }

  private static boolean turns(Observation view, List<double[]> probes, int j) {
    double most = SAME * view.system().worldHalfWidth();
    for (double[] q : probes) {
      double[] here = centres(view, q);
      double[] there = centres(view, moved(q, j, Axis.TURN));
      for (int k = 0; k < here.length; k++) {
        if (!(Math.abs(here[k] - there[k]) <= most)) {
          return false;
        }
      }
    }
    return true;
  }

  static double[] moved(double[] q, int j, double step) {
    double[] moved = q.clone();
    moved[j] += step;
    return moved;
  }

  static double[] centres(Observation view, double[] q) {
    double[] xy = new double[view.coordinates()];
    view.system().centres(q, xy);
    return xy;
  }
}
