package hgn.benchmarks;

import hgn.bench.BenchWork;
import hgn.bench.OperationCount;
import hgn.tensor.Backend;

/**
 * Guards one evaluation of dH/dq and dH/dp: the unit of which rollouts are made.
 *
 * <p>You should see a part of the FMA rate only: the images are 4x4 and smaller, and each layer is
 * a call. Workload: `published`, batch 16. Run it with {@code java -jar target/benchmarks.jar
 * --only EnergyGradient}.
 */
public class EnergyGradientBenchmark extends Workload {
  @Override
  Task prepare(Backend on) {
    return PublishedModel.task(
        on, "leapfrog", PublishedModel.FRAMES, BenchWork::gradient, OperationCount::gradient);
  }
}
