package hgn.ranks.mpi;

import hgn.ranks.Launch;
import hgn.ranks.Messages;
import hgn.ranks.RankLostException;
import hgn.ranks.Ranks;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * The processes of one {@code mpirun}. Whoever starts it must end it by {@link #finish}, or by
 * {@link #fails} and {@link #abort}.
 */
public final class MpiRanks implements Ranks {
  /** Time in which a lower rank tells of the same failure. */
  private static final long FOR_LOWER = TimeUnit.SECONDS.toNanos(1);

  /** Time in which the rank that tells of a failure ends all others. */
  private static final long FOR_THE_END = TimeUnit.SECONDS.toNanos(2);

  /** Time in which MPI ends all processes. */
  private static final long FOR_ABORT = TimeUnit.SECONDS.toNanos(3);

  /** Time in which the end of another rank is noticed, where it can be seen. */
  private static final long FOR_NEWS = TimeUnit.SECONDS.toNanos(2);

  private static final long BETWEEN_LOOKS = TimeUnit.MILLISECONDS.toNanos(20);

  /** No call of MPI may take longer. */
  private static final long STUCK = TimeUnit.SECONDS.toNanos(15);

  private final MpiLink link;
  private final int rank;
  private final int size;
  private final List<Whereabouts> places;

  private MpiRanks(MpiLink link, int rank, int size) {
    this.link = link;
    this.rank = rank;
    this.size = size;
    this.places =
        Messages.fromAll(this, Whereabouts.own().toBytes()).stream().map(Whereabouts::of).toList();
    link.places(places);
  }

  /**
   * Joins the processes that a launcher has started beside this one.
   *
   * @param last ends the process with a line, empty if another rank prints it; called if a rank is
   *     lost while this one does not end by itself
   * @throws UnsupportedOperationException if this build has no MPI, it does not load, or it is not
   *     that of the launcher
   */
  public static MpiRanks start(Launch launch, Consumer<String> last) {
    MpiLibrary.load();
    MpiLink link = new MpiLink(last::accept);
    Thread thread = new Thread(link, "mpi");
    thread.setDaemon(true);
    thread.start();
    int[] place = join(link.begun());
    if (place[1] != launch.size()) {
      throw new UnsupportedOperationException(
          "the launcher has started "
              + launch.size()
              + " processes, but "
              + Mpi.library()
              + " knows of "
              + place[1]
              + ": it belongs to another MPI; start the program with the mpirun of this one, or"
              + " build it with MPICC naming the mpicc of the other");
    }
    return new MpiRanks(link, place[0], place[1]);
  }

  private static <T> T join(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException failure) {
      throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
    }
  }

  @Override
  public int rank() {
    return rank;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public String name(int other) {
    return "rank " + other + " on " + places.get(other).host();
  }

  @Override
  public int processors() {
    Whereabouts own = places.get(rank);
    long sharing =
        places.stream()
            .filter(other -> other.isVisibleFrom(own))
            .filter(other -> other.processors().equals(own.processors()))
            .count();
    int processors = Runtime.getRuntime().availableProcessors();
    return (int) Math.max(1, processors / Math.max(1, sharing));
  }

  @Override
  public void exchange(int partner, ByteBuffer mine, ByteBuffer theirs) {
    await(link.exchange(partner, mine, theirs));
  }

  @Override
  public void requireAll() {
    long began = System.nanoTime();
    while (link.loss() == null && System.nanoTime() - began < FOR_NEWS) {
      LockSupport.parkNanos(BETWEEN_LOOKS);
    }
    if (link.loss() != null) {
      throw new RankLostException(link.loss().getMessage());
    }
  }

  private void await(Future<Void> done) {
    while (true) {
      try {
        done.get(1, TimeUnit.SECONDS);
        return;
      } catch (TimeoutException stillWaiting) {
        if (System.nanoTime() - link.lastTurn() > STUCK) {
          throw new RankLostException(name(rank) + " waits for MPI, which does not return");
        }
      } catch (ExecutionException failure) {
        if (failure.getCause() instanceof RankLostException lost) {
          throw new RankLostException(lost.getMessage());
        }
        throw new IllegalStateException(failure.getCause());
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        throw new RankLostException(name(rank) + " was interrupted while it waited for others");
      }
    }
  }

  /** Which rank has been lost, and how; empty while none is. */
  public Optional<String> loss() {
    return Optional.ofNullable(link.loss()).map(RankLostException::getMessage);
  }

  /** Whether another rank has told of the loss, and so is the one to say it to the user. */
  public boolean isToldByOther() {
    return link.isToldByOther();
  }

  /**
   * Tells the other ranks that this one has failed. All ranks may fail at once, by the same cause:
   * the lowest one is to say why.
   *
   * @param line why, for their messages
   * @return whether this rank is the one to say why
   */
  public boolean fails(String line) {
    link.tellFailure(line);
    long began = System.nanoTime();
    while (rank > 0 && link.speaks() && System.nanoTime() - began < FOR_LOWER) {
      LockSupport.parkNanos(BETWEEN_LOOKS);
    }
    if (link.speaks()) {
      return true;
    }
    LockSupport.parkNanos(FOR_THE_END);
    return false;
  }

  /**
   * Ends all processes by MPI with this exit code, as far as it can reach them; this one goes on.
   */
  public void abort(int code) {
    link.abort(code);
    LockSupport.parkNanos(FOR_ABORT);
  }

  /**
   * Waits until all ranks call this, and leaves them.
   *
   * @throws RankLostException if a rank has ended or no longer answers
   */
  public void finish() {
    CompletableFuture<Void> left = link.leave();
    while (!left.isDone()) {
      if (link.loss() != null) {
        throw new RankLostException(link.loss().getMessage());
      }
      LockSupport.parkNanos(BETWEEN_LOOKS);
    }
  }
}
