package hgn.benchmarks;

import hgn.bench.BenchWork;
import hgn.bench.OperationCount;
import hgn.tensor.Backend;

/**
 * Guards the whole: a training step of the published network, forward, loss, backward, Adam.
 *
 * <p>You should see more than the FMA rate: Winograd's method and the folded upsampling do with
 * fewer operations than are counted. Workload: `published`, batch 16, 30 decoded frames, leapfrog.
 * Run it with {@code java -jar target/benchmarks.jar --only TrainingStep}.
 */
public class TrainingStepBenchmark extends Workload {
  @Override
  Task prepare(Backend on) {
    return PublishedModel.task(
        on, "leapfrog", PublishedModel.FRAMES, BenchWork::step, OperationCount::step);
  }
}
