package hgn.backend.cuda;

import java.util.List;

/**
 * What a device offers to rollouts.
 *
 * @param sharedFloats most shared memory of a block, in floats
 * @param clusters how many blocks may share samples: 1, and {@link #CLUSTER} where blocks form
 *     clusters
 */
record RolloutDevice(int multiprocessors, int sharedFloats, List<Integer> clusters) {
  /** Blocks of a cluster, as in kernels/rollout.cuh. */
  static final int CLUSTER = 4;

  /** Least compute capability, times ten, of a device with clusters. */
  static final int CLUSTER_CAPABILITY = 90;

  /**
   * Multiprocessors that share what a cluster needs, at most; it does not reach beyond. Of 18, two
   * are left over.
   */
  private static final int GROUP = 18;

  /** How many blocks, or clusters of them, run at the same time. */
  int atOnce(int cluster) {
    return cluster == 1 ? multiprocessors : multiprocessors * (GROUP / cluster) / GROUP;
  }
}
