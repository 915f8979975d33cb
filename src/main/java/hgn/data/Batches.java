package hgn.data;

import hgn.random.Permutation;
import hgn.random.Streams;
import hgn.threads.ThreadPools;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;

/**
 * Training batches, made in background threads a few steps ahead.
 *
 * <p>The batch of step s is a pure function of its maker, the seed and s: each epoch visits the
 * rollouts in its own random order. Training can therefore resume at any step without stored state,
 * and the number of workers affects only the speed.
 */
public final class Batches implements AutoCloseable {
  private static final int AHEAD = 6;

  private final BatchMaker maker;
  private final int size;
  private final Part part;
  private final int rollouts;
  private final DecodedTimes times;
  private final long seed;
  private final ExecutorService workers;
  private final Deque<CompletableFuture<Batch>> ahead = new ArrayDeque<>();
  private long nextStep;
  private long orderEpoch = -1;
  private int[] order;

  /**
   * The part of each batch to make.
   *
   * @param first its first rollout
   * @param count number of rollouts
   */
  public record Part(int first, int count) {}

  /**
   * Starts making batches.
   *
   * @param maker makes the batches
   * @param size rollouts per batch
   * @param rollouts number of rollouts in the training set
   * @param decoded randomly chosen frames of each window that a step decodes; 0 for all
   * @param firstStep step of the first batch
   * @param threads number of background threads
   * @throws IllegalArgumentException if a number is out of its range, naming it
   */
  public Batches(
      BatchMaker maker,
      int size,
      int rollouts,
      int decoded,
      long seed,
      long firstStep,
      int threads) {
    this(maker, size, rollouts, DecodedTimes.spread(decoded), seed, firstStep, threads);
  }

  /**
   * Starts making batches.
   *
   * @param times which frames of each window to decode
   * @throws IllegalArgumentException if a number is out of its range, naming it
   */
  public Batches(
      BatchMaker maker,
      int size,
      int rollouts,
      DecodedTimes times,
      long seed,
      long firstStep,
      int threads) {
    this(maker, size, new Part(0, size), rollouts, times, seed, firstStep, threads);
  }

  /**
   * Starts making the same part of each batch.
   *
   * @throws IllegalArgumentException if a number is out of its range, naming it
   */
  public Batches(
      BatchMaker maker,
      int size,
      Part part,
      int rollouts,
      DecodedTimes times,
      long seed,
      long firstStep,
      int threads) {
    times.requireIn(maker.window());
    if (part.first() < 0 || part.count() < 1 || part.count() > size - part.first()) {
      throw new IllegalArgumentException(
          "[batches] " + part + " is not within a batch of " + size + " rollouts");
    }
    if (size < 1 || rollouts < size) {
      throw new IllegalArgumentException(
          "[batches] a batch of "
              + size
              + " does not fit a training set of "
              + rollouts
              + " rollouts; use a smaller batch or more rollouts");
    }
    if (firstStep < 0 || threads < 1) {
      throw new IllegalArgumentException(
          "[batches] from step "
              + firstStep
              + " with "
              + threads
              + " threads: steps count from 0, and at least 1 thread is needed");
    }
    this.maker = maker;
    this.size = size;
    this.part = part;
    this.rollouts = rollouts;
    this.times = times;
    this.seed = seed;
    this.nextStep = firstStep;
    this.workers = ThreadPools.fixed(threads, "batches");
  }

  /** Returns the batch of the next step. Rethrows any exception of its worker. */
  public Batch next() {
    while (ahead.size() < AHEAD) {
      long[] indices = indices(nextStep);
      int[] chosen = times.at(nextStep++, maker.window(), seed);
      ahead.add(CompletableFuture.supplyAsync(() -> maker.make(indices, chosen), workers));
    }
    try {
      return ahead.remove().join();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof Error error) {
        throw error; // an OutOfMemoryError must not be wrapped
      }
      throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
    }
  }

  private long[] indices(long step) {
    int stepsPerEpoch = rollouts / size;
    long epoch = step / stepsPerEpoch;
    if (epoch != orderEpoch) {
      order = Permutation.of(rollouts, seed, Streams.ORDERS.at(epoch));
      orderEpoch = epoch;
    }
    int first = Math.toIntExact(step % stepsPerEpoch) * size + part.first();
    long[] indices = new long[part.count()];
    for (int n = 0; n < indices.length; n++) {
      indices[n] = order[first + n];
    }
    return indices;
  }

  /** Stops the background threads. */
  @Override
  public void close() {
    workers.shutdownNow();
  }
}
