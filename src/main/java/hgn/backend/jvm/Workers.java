package hgn.backend.jvm;

import hgn.threads.ThreadPools;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs numbered, independent tasks on a fixed number of threads, the caller's among them. */
final class Workers {
  private static final Logger LOG = LoggerFactory.getLogger(Workers.class);

  private final int threads;
  private final Executor helpers;

  /** Says so if the system grants fewer threads. */
  Workers(int threads) {
    ThreadPoolExecutor pool = threads == 1 ? null : pool(threads);
    this.helpers = pool;
    this.threads = pool == null ? 1 : 1 + pool.getPoolSize();
    if (this.threads < threads) {
      LOG.warn(ThreadPools.shortage("backend 'jvm' computes", this.threads, threads));
    }
  }

  private static ThreadPoolExecutor pool(int threads) {
    try {
      return ThreadPools.fixed(threads - 1, "jvm backend");
    } catch (IllegalStateException none) {
      return null;
    }
  }

  int threads() {
    return threads;
  }

  /** Runs tasks 0 to {@code tasks - 1}; a single task stays on the calling thread. */
  void run(int tasks, IntConsumer task) {
    if (tasks == 1 || threads == 1) {
      for (int i = 0; i < tasks; i++) {
        task.accept(i);
      }
    } else {
      Job job = new Job(tasks, task);
      for (int helper = 1; helper < Math.min(tasks, threads); helper++) {
        helpers.execute(job);
      }
      job.run();
      job.finish();
    }
  }

  /** Splits 0 to {@code total - 1} into ranges of {@code size} and runs one task per range. */
  void ranges(int total, int size, RangeTask task) {
    int tasks = (total + size - 1) / size;
    run(tasks, i -> task.accept(i * size, Math.min(size, total - i * size)));
  }

  /** Processes {@code count} items, starting at {@code from}. */
  @FunctionalInterface
  interface RangeTask {
    void accept(int from, int count);
  }

  /** Tasks that whoever runs it takes one by one; a helper that comes late finds none. */
  private static final class Job implements Runnable {
    private final int tasks;
    private final IntConsumer task;
    private final AtomicInteger next = new AtomicInteger();
    private final CountDownLatch unfinished;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    Job(int tasks, IntConsumer task) {
      this.tasks = tasks;
      this.task = task;
      this.unfinished = new CountDownLatch(tasks);
    }

    @Override
    public void run() {
      for (int i = next.getAndIncrement(); i < tasks; i = next.getAndIncrement()) {
        try {
          task.accept(i);
        } catch (RuntimeException | Error thrown) {
          failure.compareAndSet(null, thrown);
        } finally {
          unfinished.countDown();
        }
      }
    }

    /** Waits for all tasks, and throws what the first failed one has thrown. */
    void finish() {
      boolean interrupted = false;
      while (unfinished.getCount() > 0) {
        try {
          unfinished.await();
        } catch (InterruptedException later) {
          interrupted = true; // the tasks write to memory of the caller's
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      if (failure.get() instanceof Error error) {
        throw error;
      } else if (failure.get() != null) {
        throw (RuntimeException) failure.get();
      }
    }
  }
}
