package hgn.train.sums;

import hgn.ranks.RankBlock;
import hgn.ranks.Span;
import hgn.tensor.DevicePeers;
import hgn.tensor.Tensor;
import hgn.tensor.TensorOps;
import java.util.Optional;

/**
 * A block on a device.
 *
 * @param own the numbers
 * @param theirs memory of the same size for numbers of other ranks
 */
record DeviceBlock(DevicePeers peers, Tensor own, Tensor theirs) implements RankBlock {
  @Override
  public void giveAndAdd(int partner, Span given, Span added) {
    Optional<Tensor> received = part(theirs, added);
    peers.exchange(partner, part(own, given), received);
    received.ifPresent(numbers -> TensorOps.addInto(part(own, added).orElseThrow(), numbers));
  }

  @Override
  public void giveAndTake(int partner, Span given, Span taken) {
    peers.exchange(partner, part(own, given), part(own, taken));
  }

  private static Optional<Tensor> part(Tensor all, Span span) {
    return span.count() == 0 ? Optional.empty() : Optional.of(all.rows(span.from(), span.count()));
  }
}
