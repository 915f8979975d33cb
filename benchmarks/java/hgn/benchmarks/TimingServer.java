package hgn.benchmarks;

import hgn.tensor.Backend;
import hgn.tensor.Backends;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Times {@linkplain GuardedWorkloads workloads} when it is asked: a line {@code MILLISECONDS NAME}
 * on standard input is answered by the seconds of a call, the least of all parts of that time, or
 * by {@code unknown}. Ends with its input.
 *
 * <p>{@value #PLANT} names a workload each call of which takes 15 % longer, by which the guard is
 * shown to notice.
 */
final class TimingServer {
  static final String PLANT = "hgn.benchmarks.plant";
  static final String UNKNOWN = "unknown";

  /** Calls are timed together until they take this long. */
  private static final long CHUNK_NANOSECONDS = 4_000_000;

  private static final double PLANTED = 0.15;

  private final Backend backend;
  private final Map<String, Supplier<Workload>> workloads = GuardedWorkloads.all();
  private final Map<String, Runnable> prepared = new HashMap<>();

  TimingServer(String backend) {
    this.backend = Backends.get(backend);
  }

  /** Answers until the input ends. */
  void serve(PrintStream out) throws IOException {
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ", 2);
      out.println(
          workloads.containsKey(words[1])
              ? String.valueOf(least(work(words[1]), Long.parseLong(words[0]) * 1_000_000))
              : UNKNOWN);
      out.flush();
    }
  }

  private Runnable work(String name) {
    return prepared.computeIfAbsent(
        name,
        absent -> {
          Task task = workloads.get(name).get().prepare(backend);
          task.work().run();
          task.check().run();
          return name.equals(System.getProperty(PLANT)) ? slower(task.work()) : task.work();
        });
  }

  private static Runnable slower(Runnable work) {
    return () -> {
      long started = System.nanoTime();
      work.run();
      long took = System.nanoTime() - started;
      long end = System.nanoTime() + (long) (PLANTED * took);
      while (System.nanoTime() < end) {
        Thread.onSpinWait();
      }
    };
  }

  /** Seconds of a call in the fastest chunk: what else runs on the machine only ever takes away. */
  private static double least(Runnable work, long nanoseconds) {
    double least = Double.POSITIVE_INFINITY;
    long begun = System.nanoTime();
    do {
      long started = System.nanoTime();
      long took;
      int calls = 0;
      do {
        work.run();
        calls++;
        took = System.nanoTime() - started;
      } while (took < CHUNK_NANOSECONDS);
      least = Math.min(least, 1e-9 * took / calls);
    } while (System.nanoTime() - begun < nanoseconds);
    return least;
  }
}
