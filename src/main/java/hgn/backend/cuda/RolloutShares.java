package hgn.backend.cuda;

import hgn.tensor.RolloutPlan;
import hgn.tensor.RolloutProgram.Splitting;

/**
 * How the blocks that share samples divide the columns of the products among them. Sizes of weights
 * are those of one block of a cluster, see kernels/rollout_share.cuh.
 *
 * @param dual whether products are of dual numbers
 * @param blocks how many there are
 */
record RolloutShares(RolloutPlan plan, boolean dual, int blocks) {
  /** Rows of weights that a quad of terms takes, of which one is padding. */
  private static final int WEIGHT_ROWS = 5;

  private static int over(int count, int size) {
    return (count + size - 1) / size;
  }

  /** Channels of q, and of p, whose gradients a block computes. */
  int ownChannels() {
    return over(plan.channels(), blocks);
  }

  /** Columns that a block computes of layer k's product up, in quads. */
  int up(int k) {
    return over(over(plan.layers().get(k).weight().dim(3), 4), blocks);
  }

  /** Columns that a block computes of layer k's product down, in quads. */
  int down(int k) {
    if (k == 0) {
      return over(halves(k) == 2 ? ownChannels() : 2 * ownChannels(), 4);
    }
    return over(over(plan.layers().get(k).weight().dim(2), 4), blocks);
  }

  /**
   * How many copies there are of layer k's weights down: a kick or drift needs the gradient with
   * respect to q or p only.
   */
  int halves(int k) {
    return k == 0 && !dual && plan.program() instanceof Splitting ? 2 : 1;
  }

  /**
   * Size of the weights of a tap for a quad of columns, in quads.
   *
   * @param terms channels summed over, in quads
   */
  static int tapQuads(int terms) {
    return terms * WEIGHT_ROWS;
  }
}
