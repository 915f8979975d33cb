package hgn.testing;

import hgn.ranks.Ranks;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Ranks that are threads of this program. */
public final class ThreadRanks implements Ranks {
  private static final long PATIENCE_SECONDS = 60;

  private final int rank;
  private final List<List<BlockingQueue<byte[]>>> queues;

  private ThreadRanks(int rank, List<List<BlockingQueue<byte[]>>> queues) {
    this.rank = rank;
    this.queues = queues;
  }

  /** Runs this as each of {@code size} ranks at once; returns their results in order. */
  public static <T> List<T> run(int size, Function<Ranks, T> work) {
    List<List<BlockingQueue<byte[]>>> queues = new ArrayList<>();
    for (int from = 0; from < size; from++) {
      queues.add(
          IntStream.range(0, size)
              .<BlockingQueue<byte[]>>mapToObj(to -> new LinkedBlockingQueue<>())
              .toList());
    }
    ExecutorService threads = Executors.newFixedThreadPool(size);
    try {
      List<CompletableFuture<T>> all =
          IntStream.range(0, size)
              .mapToObj(rank -> new ThreadRanks(rank, queues))
              .map(ranks -> CompletableFuture.supplyAsync(() -> work.apply(ranks), threads))
              .toList();
      return all.stream().map(CompletableFuture::join).toList();
    } catch (CompletionException failure) {
      throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
    } finally {
      threads.shutdownNow();
    }
  }

  @Override
  public int rank() {
    return rank;
  }

  @Override
  public int size() {
    return queues.size();
  }

  @Override
  public String name(int other) {
    return "rank " + other + " on thread" + other;
  }

  @Override
  public int processors() {
    return 1;
  }

  @Override
  public void exchange(int partner, ByteBuffer mine, ByteBuffer theirs) {
    byte[] sent = new byte[mine.remaining()];
    mine.duplicate().get(sent);
    queues.get(rank).get(partner).add(sent);
    try {
      byte[] received = queues.get(partner).get(rank).poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (received == null) {
        throw new IllegalStateException(name(partner) + " sends nothing to " + name(rank));
      }
      if (received.length != theirs.remaining()) {
        throw new IllegalStateException(
            received.length + " bytes arrived where " + theirs.remaining() + " were expected");
      }
      theirs.duplicate().put(received);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(name(rank) + " was interrupted", stopped);
    }
  }
}
