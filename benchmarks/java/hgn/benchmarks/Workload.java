package hgn.benchmarks;

import hgn.tensor.Backend;
import hgn.tensor.Backends;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * What all benchmarks have in common: a {@link Task} on a backend, its ceiling measured before
 * every iteration, and a line about both for the {@link Suite} that started the run.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx3g")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public abstract class Workload {
  /** What computes. */
  @Param("cpu")
  public String backend;

  private Task task;
  private final CeilingLog ceilings = new CeilingLog();

  /** For JMH, which makes subclasses of it. */
  protected Workload() {}

  /** The work, ready to run. */
  abstract Task prepare(Backend on);

  /** Prepares. */
  @Setup(Level.Trial)
  public void begin() {
    task = prepare(Backends.get(backend));
  }

  /** Measures what the machine can do now. */
  @Setup(Level.Iteration)
  public void calibrate() {
    ceilings.add(task.ceiling().measure(Backends.get(backend)));
  }

  /** The work. */
  @Benchmark
  public void run() {
    task.work().run();
  }

  /** Checks the results, and tells the suite what was done. */
  @TearDown(Level.Trial)
  public void end(BenchmarkParams params) {
    task.check().run();
    ceilings.tell(params.id(), task);
    task.closing().run();
  }
}
