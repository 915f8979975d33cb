package hgn.train;

import hgn.random.Philox;
import hgn.random.Streams;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/**
 * Training batches, made in the background a few steps ahead of their use.
 *
 * <p>The batch of step s is a pure function of its maker, the seed and s: every epoch visits the
 * rollouts in a random order of its own. So training can resume at any step without a stored
 * position, and the number of workers changes nothing but the pace.
 */
public final class Batches implements AutoCloseable {
  private static final int AHEAD = 6;
  private static final double EXP = Double.parseDouble(System.getProperty("exp.horizon", "1"));

  private final BatchMaker maker;
  private final int size;
  private final int rollouts;
  private final int decoded;
  private final boolean row;
  private final long seed;
  private final ExecutorService workers;
  private final Deque<CompletableFuture<Batch>> ahead = new ArrayDeque<>();
  private long nextStep;
  private long orderEpoch = -1;
  private int[] order;

  /**
   * Starts making batches.
   *
   * @param maker makes a batch of the rollouts that are its turn
   * @param size rollouts in a batch
   * @param rollouts number of rollouts in the training set
   * @param decoded frames to give back of each window, drawn anew in each step; 0 for all
   * @param firstStep the step of the first batch
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
    this(maker, size, rollouts, decoded, false, seed, firstStep, threads);
  }

  /**
   * Starts making batches.
   *
   * @param decoded frames to give back of each window, drawn anew in each step; 0 for all
   * @param row whether they are frames in a row, else they are spread over the window
   * @throws IllegalArgumentException if a number is out of its range, naming it
   */
  Batches(
      BatchMaker maker,
      int size,
      int rollouts,
      int decoded,
      boolean row,
      long seed,
      long firstStep,
      int threads) {
    Window window = maker.window();
    if (decoded < 0 || decoded > window.times()) {
      throw new IllegalArgumentException(
          "[batches] "
              + decoded
              + " frames to decode of "
              + window.times()
              + "; use 0 for all, or fewer");
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
    this.rollouts = rollouts;
    this.decoded = decoded == 0 ? window.times() : decoded;
    this.row = row;
    this.seed = seed;
    this.nextStep = firstStep;
    this.workers =
        Executors.newFixedThreadPool(
            threads,
            task -> {
              Thread thread = new Thread(task, "batches");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** The next step's batch; throws what making it threw. */
  public Batch next() {
    while (ahead.size() < AHEAD) {
      long[] indices = indices(nextStep);
      int[] times = times(nextStep++);
      ahead.add(CompletableFuture.supplyAsync(() -> maker.make(indices, times), workers));
    }
    try {
      return ahead.remove().join();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof Error error) {
        throw error; // memory that ran out is no failure of a future
      }
      throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
    }
  }

  private int[] times(long step) {
    return row ? rowOfTimes(step) : spreadTimes(step);
  }

  /** Times in a row, from a random one on. */
  private int[] rowOfTimes(long step) {
    Window window = maker.window();
    double[] random = new double[1];
    Philox.uniform(seed, Streams.TIMES.at(step), random);
    int start = window.firstTime() + (int) (random[0] * (window.times() - decoded + 1));
    return IntStream.range(start, start + decoded).toArray();
  }

  /** One random time from each of {@code decoded} equal parts of the window. */
  private int[] spreadTimes(long step) {
    Window window = maker.window();
    double[] random = new double[decoded];
    Philox.uniform(seed, Streams.TIMES.at(step), random);
    int[] times = new int[decoded];
    double share = Math.min(1, (step + 1) / EXP);
    int all = Math.max(decoded, (int) Math.round(share * window.times()));
    int begin =
        window.times() == all ? window.firstTime() : (int) Math.round(share * window.firstTime());
    for (int i = 0; i < decoded; i++) {
      int from = i * all / decoded;
      int to = (i + 1) * all / decoded;
      times[i] = begin + from + (int) (random[i] * (to - from));
    }
    return times;
  }

  private long[] indices(long step) {
    int stepsPerEpoch = rollouts / size;
    long epoch = step / stepsPerEpoch;
    if (epoch != orderEpoch) {
      order = permutation(rollouts, seed, Streams.ORDERS.at(epoch));
      orderEpoch = epoch;
    }
    int first = Math.toIntExact(step % stepsPerEpoch) * size;
    long[] indices = new long[size];
    for (int n = 0; n < size; n++) {
      indices[n] = order[first + n];
    }
    return indices;
  }

  /** A random order of 0 to count - 1, by Fisher and Yates. */
  private static int[] permutation(int count, long seed, long stream) {
    double[] random = new double[count];
    Philox.uniform(seed, stream, random);
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      int j = (int) (random[i] * (i + 1));
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  /** Stops the background threads. */
  @Override
  public void close() {
    workers.shutdownNow();
  }
}
