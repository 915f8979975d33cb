package hgn.threads;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Pools of daemon threads that are started at once. */
public final class ThreadPools {
  /** What a user can do about a limit on threads. */
  public static final String REMEDY =
      "raise the limit (ulimit -u, ulimit -v, pids of the container)";

  private ThreadPools() {}

  /**
   * One line for the case that the system has granted fewer threads than were asked for.
   *
   * @param what and a verb, such as "backend 'cpu' computes"
   */
  public static String shortage(String what, int granted, int asked) {
    return what
        + (" with " + granted + (granted == 1 ? " thread" : " threads"))
        + (", not " + asked + ": the system grants no more; ")
        + (REMEDY + ", or set -Dhgn.threads=" + granted);
  }

  /**
   * A pool of {@code threads} threads, or of as many as the system grants; see {@link
   * ThreadPoolExecutor#getPoolSize}.
   *
   * @param name of its threads
   * @throws IllegalStateException if it grants none
   */
  public static ThreadPoolExecutor fixed(int threads, String name) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, name);
              thread.setDaemon(true);
              return thread;
            });
    int started = start(pool);
    if (started == 0) {
      pool.shutdown();
      throw new IllegalStateException(
          "the system grants no thread for '" + name + "'; " + REMEDY + ", or set -Dhgn.threads=1");
    }
    pool.setCorePoolSize(started);
    pool.setMaximumPoolSize(started);
    return pool;
  }

  private static int start(ThreadPoolExecutor pool) {
    try {
      return pool.prestartAllCoreThreads();
    } catch (OutOfMemoryError limit) { // Java's word for a thread that the system does not grant
      return pool.getPoolSize();
    }
  }
}
