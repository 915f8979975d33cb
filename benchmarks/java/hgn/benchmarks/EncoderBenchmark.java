package hgn.benchmarks;

import hgn.bench.BenchWork;
import hgn.bench.OperationCount;
import hgn.tensor.Backend;

/**
 * Guards the encoder: clips of 5 frames to z, and back to its weights; the frames get no gradient.
 *
 * <p>You should see about the FMA rate. Workload: `published`, batch 16. Run it with {@code java
 * -jar target/benchmarks.jar --only Encoder}.
 */
public class EncoderBenchmark extends Workload {
  @Override
  Task prepare(Backend on) {
    return PublishedModel.task(
        on, "leapfrog", PublishedModel.FRAMES, BenchWork::encoder, OperationCount::encoder);
  }
}
