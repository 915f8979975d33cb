package hgn.train.sums;

import hgn.model.MixtureMoments;
import hgn.model.Posterior;
import hgn.ranks.Ranks;
import hgn.ranks.TreeSum;
import hgn.tensor.Arena;
import hgn.tensor.Recorder;
import hgn.tensor.RepeatedWork;
import hgn.tensor.Tensor;
import hgn.tensor.TensorOps;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * The moments of the posteriors of all shards, whichever ranks have them. There are two passes over
 * the own posteriors, for the mean and, with it, for the variance; each ends in a sum over ranks.
 * What a shard adds is few numbers, which go through the host.
 */
public final class PooledMoments implements AutoCloseable {
  private final TreeSum sums;
  private final Arena arena = new Arena("moments of all shards");
  private final Pass means;
  private final Pass spreads;

  /** Own shards whose posteriors were not finite before those of others reached them. */
  private final Set<Integer> suspects = new HashSet<>();

  /**
   * Creates them.
   *
   * @param recorder records the passes if there is one
   */
  public PooledMoments(Ranks ranks, Optional<Recorder> recorder) {
    sums = new TreeSum(ranks);
    means = new Pass(recorder);
    spreads = new Pass(recorder);
  }

  /**
   * Computes them, together with all other ranks. The result's tensors are the same at each call.
   *
   * @param own how many shards this rank has
   * @param samples those of all shards of all ranks
   * @param posteriors the posteriors of own shards, asked for once in each pass
   * @throws hgn.ranks.RankLostException if a rank has ended or no longer answers
   */
  public MixtureMoments over(int own, int samples, IntFunction<Posterior> posteriors) {
    suspects.clear();
    Tensor mean = means.mean(own, samples, true, k -> MixtureMoments.means(posteriors.apply(k)));
    boolean sound = isFinite(mean.toFloats());
    Tensor variance =
        spreads.mean(own, samples, sound, k -> MixtureMoments.spreads(posteriors.apply(k), mean));
    return new MixtureMoments(mean, variance, samples);
  }

  /**
   * Whether an own shard's posteriors were not finite the last time, by no cause in other shards.
   */
  public boolean isSuspect(int k) {
    return suspects.contains(k);
  }

  private static boolean isFinite(float... values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }

  /** One pass over the own shards, and the mean of what they add. */
  private final class Pass {
    private final RepeatedWork work;
    private final List<Tensor> added = new ArrayList<>();
    private Tensor mean;

    Pass(Optional<Recorder> recorder) {
      work = new RepeatedWork(recorder);
    }

    Tensor mean(int own, int samples, boolean sound, IntFunction<Tensor> terms) {
      work.run(
          () -> {
            for (int k = 0; k < own; k++) {
              try (Arena shard = Arena.open("moments of a shard")) {
                Tensor term = terms.apply(k);
                if (added.size() == k) {
                  added.add(kept(term));
                }
                TensorOps.copyInto(term, added.get(k));
              }
            }
          });
      for (int k = 0; k < own; k++) {
        float[] values = added.get(k).toFloats();
        if (sound && !isFinite(values)) {
          suspects.add(k);
        }
        sums.add(values);
      }
      float[] total = sums.total();
      for (int i = 0; i < total.length; i++) {
        total[i] /= samples;
      }
      if (mean == null) {
        mean = kept(added.get(0));
      }
      return mean.set(total);
    }

    private Tensor kept(Tensor like) {
      try (Arena.Entered owner = arena.enter()) {
        return Tensor.like(like, like.shape());
      }
    }
  }

  @Override
  public void close() {
    try {
      means.work.close();
      spreads.work.close();
    } finally {
      arena.close();
    }
  }
}
