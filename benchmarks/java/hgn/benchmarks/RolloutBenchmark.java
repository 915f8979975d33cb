package hgn.benchmarks;

import hgn.bench.BenchWork;
import hgn.bench.OperationCount;
import hgn.tensor.Backend;
import org.openjdk.jmh.annotations.Param;

/**
 * Guards 29 steps of each integrator, nothing recorded.
 *
 * <p>You should see a share that hardly depends on the integrator where one native call does it
 * all; those that are composed of single operations lie far below. Workload: the energy of
 * `published`, batch 16. Run it with {@code java -jar target/benchmarks.jar --only
 * RolloutBenchmark}.
 */
public class RolloutBenchmark extends Workload {
  /** Its name in configurations; the suite runs all that there are. */
  @Param("leapfrog")
  public String integrator;

  @Override
  Task prepare(Backend on) {
    return PublishedModel.task(
        on, integrator, PublishedModel.FRAMES, BenchWork::rollout, OperationCount::rollout);
  }
}
