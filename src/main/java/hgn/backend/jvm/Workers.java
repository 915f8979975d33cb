package hgn.backend.jvm;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RecursiveAction;
import java.util.function.IntConsumer;

/** Runs numbered, independent tasks on a fixed number of threads. */
final class Workers {
  private final int threads;
  private final ForkJoinPool pool;

  Workers(int threads) {
    this.threads = threads;
    this.pool = new ForkJoinPool(threads);
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
      pool.invoke(new Tasks(0, tasks, task));
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

  private static final class Tasks extends RecursiveAction {
    private static final long serialVersionUID = 1;

    private final int from;
    private final int to;
    private final transient IntConsumer task;

    Tasks(int from, int to, IntConsumer task) {
      this.from = from;
      this.to = to;
      this.task = task;
    }

    @Override
    protected void compute() {
      if (to - from == 1) {
        task.accept(from);
      } else {
        int middle = (from + to) >>> 1;
        invokeAll(new Tasks(from, middle, task), new Tasks(middle, to, task));
      }
    }
  }
}
