package hgn.train.sums;

import hgn.nn.Parameters;
import hgn.ranks.Ranks;
import hgn.ranks.ShardTree;
import hgn.tensor.Arena;
import hgn.tensor.Backend;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import hgn.tensor.TensorOps;

/**
 * Sums of numbers that stay on a device. Those of a rank's own shards are queued like all other
 * work, so that they can be recorded with it; the exchange with other ranks follows.
 */
final class DeviceSums implements ShardSums {
  private final Backend backend;
  private final DType dtype;
  private final SumLayout layout;
  private final int own;
  private final Arena arena = new Arena("sums over shards");
  private final Tensor total;
  private final ShardTree<Tensor> tree = new ShardTree<>(DeviceSums::plus);
  private final DeviceWay.Open overRanks;
  private Tensor shard;
  private int ended;

  DeviceSums(Ranks ranks, Parameters parameters, SumLayout layout, int own, DeviceWay way) {
    this.backend = parameters.backend();
    this.dtype = parameters.dtype();
    this.layout = layout;
    this.own = own;
    try (Arena.Entered owner = arena.enter()) {
      total = Tensor.allocate(backend, dtype, Shape.of(layout.size()));
      overRanks = way.open(ranks, total);
    }
  }

  private static Tensor plus(Tensor into, Tensor other) {
    TensorOps.addInto(into, other);
    other.close();
    return into;
  }

  @Override
  public void begin() {
    shard = Tensor.full(backend, dtype, Shape.of(layout.size()), 0);
  }

  @Override
  public void put(int parameter, Tensor gradient) {
    Tensor place = shard.rows(layout.from(parameter), layout.count(parameter));
    TensorOps.copyInto(gradient.reshape(place.shape()), place);
  }

  @Override
  public void end(Tensor more) {
    TensorOps.copyInto(more, shard.rows(layout.gradients(), layout.more()));
    tree.add(shard);
    shard = null;
    ended++;
    if (ended == own) {
      ended = 0;
      Tensor sum = tree.total();
      TensorOps.copyInto(sum, total);
      sum.close();
    }
  }

  @Override
  public Tensor total() {
    overRanks.sum();
    return total;
  }

  @Override
  public void close() {
    try {
      overRanks.close();
    } finally {
      arena.close();
    }
  }
}
