package hgn.train.sums;

import hgn.ranks.HostBlock;
import hgn.ranks.Messages;
import hgn.ranks.RankSum;
import hgn.ranks.Ranks;
import hgn.tensor.Backend;
import hgn.tensor.DeviceException;
import hgn.tensor.DevicePeers;
import hgn.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** How the numbers of a device reach those of other ranks. The sums have the same bits. */
interface DeviceWay {
  /** The sum of one tensor, again and again. */
  interface Open extends AutoCloseable {
    /** Replaces the tensor's numbers by their sums over all ranks. */
    void sum();

    @Override
    void close();
  }

  /**
   * Prepares to sum a tensor, as all ranks do at the same time.
   *
   * @param total the tensor; what the sums need besides is allocated in the innermost arena
   */
  Open open(Ranks ranks, Tensor total);

  /** The best way that all ranks have: by a library where each has the same one. */
  static DeviceWay of(Ranks ranks, Backend backend) {
    if (ranks.size() == 1) {
      return (alone, total) -> new Alone();
    }
    Optional<DevicePeers.Library> library = backend.peers();
    byte[] own =
        library.map(DevicePeers.Library::describe).orElse("").getBytes(StandardCharsets.UTF_8);
    List<String> all =
        Messages.fromAll(ranks, own).stream()
            .map(name -> new String(name, StandardCharsets.UTF_8))
            .distinct()
            .toList();
    return library.isPresent() && all.size() == 1
        ? byLibrary(library.get())
        : DeviceWay::throughHost;
  }

  /** Between devices. */
  static DeviceWay byLibrary(DevicePeers.Library library) {
    return (ranks, total) -> {
      byte[] group = Messages.fromFirst(ranks, ranks.isFirst() ? library.newGroup() : null);
      return new ByLibrary(ranks, total, library.join(group, ranks.rank(), ranks.size()));
    };
  }

  /** Through memory of the host that the device reads and writes directly. */
  static Open throughHost(Ranks ranks, Tensor total) {
    Backend backend = total.backend();
    int count = Math.toIntExact(total.shape().count());
    ByteBuffer own = backend.transferBuffer(count * Float.BYTES);
    ByteBuffer theirs = ByteBuffer.allocateDirect(own.capacity()).order(own.order());
    HostBlock block = new HostBlock(ranks, own, theirs);
    RankSum overRanks = new RankSum(ranks);
    return new Open() {
      @Override
      public void sum() {
        backend.download(total, own);
        overRanks.of(block, count);
        backend.upload(own, total);
      }

      @Override
      public void close() {
        // the buffer remains
      }
    };
  }

  /** One rank has the sum already. */
  final class Alone implements Open {
    @Override
    public void sum() {
      // it is there
    }

    @Override
    public void close() {
      // nothing is held
    }
  }

  /** The devices exchange numbers and add them. */
  final class ByLibrary implements Open {
    private final Ranks ranks;
    private final RankSum overRanks;
    private final DeviceBlock block;
    private final int count;
    private final DevicePeers peers;

    ByLibrary(Ranks ranks, Tensor total, DevicePeers peers) {
      this.ranks = ranks;
      this.overRanks = new RankSum(ranks);
      this.block = new DeviceBlock(peers, total, Tensor.like(total, total.shape()));
      this.count = Math.toIntExact(total.shape().count());
      this.peers = peers;
    }

    @Override
    public void sum() {
      try {
        overRanks.of(block, count);
        peers.await();
      } catch (DeviceException failure) {
        ranks.requireAll(); // who is missing says more than that an exchange has failed
        throw failure;
      }
    }

    @Override
    public void close() {
      peers.close();
    }
  }
}
