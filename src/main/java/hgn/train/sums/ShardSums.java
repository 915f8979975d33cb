package hgn.train.sums;

import hgn.nn.Parameters;
import hgn.ranks.RankLostException;
import hgn.ranks.Ranks;
import hgn.tensor.Backend;
import hgn.tensor.Tensor;

/** The sums over all shards of what each contributes to a step, see {@link SumLayout}. */
public interface ShardSums extends AutoCloseable {
  /** Begins the next own shard; on a device this allocates in the innermost arena. */
  void begin();

  /** Takes a gradient of this shard. */
  void put(int parameter, Tensor gradient);

  /**
   * Ends the shard; gradients that were not put are 0.
   *
   * @param more the numbers that follow the gradients
   */
  void end(Tensor more);

  /**
   * Sums over all ranks and waits for it. The tensor is the same one at each step, and valid until
   * the next step.
   *
   * @throws RankLostException if a rank has ended or no longer answers
   */
  Tensor total();

  @Override
  void close();

  /**
   * The sums for the backend of these parameters: on a device with memory of its own there, else in
   * the host's memory.
   *
   * @param own how many shards this rank has
   */
  static ShardSums of(Ranks ranks, Parameters parameters, SumLayout layout, int own) {
    Backend backend = parameters.backend();
    return backend.ownMemory().isPresent()
        ? onDevice(ranks, parameters, layout, own)
        : inHostMemory(ranks, parameters, layout, own);
  }

  /** Where ranks exchange a network's numbers while the next one's are computed. */
  static ShardSums inHostMemory(Ranks ranks, Parameters parameters, SumLayout layout, int own) {
    return new HostSums(ranks, parameters, layout, own);
  }

  /** Where the work of own shards can be recorded, and is followed by the exchange. */
  static ShardSums onDevice(Ranks ranks, Parameters parameters, SumLayout layout, int own) {
    return new DeviceSums(
        ranks, parameters, layout, own, DeviceWay.of(ranks, parameters.backend()));
  }
}
