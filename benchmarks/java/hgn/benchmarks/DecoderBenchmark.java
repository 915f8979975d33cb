package hgn.benchmarks;

import hgn.bench.BenchWork;
import hgn.bench.OperationCount;
import hgn.tensor.Backend;

/**
 * Guards the decoder, nine tenths of a training step's operations: the states of 30 frames to
 * pictures, and back to weights and states.
 *
 * <p>You should see more than the FMA rate, since its convolutions do with fewer operations than
 * are counted. Workload: `published`, batch 16, 30 frames at once. Run it with {@code java -jar
 * target/benchmarks.jar --only Decoder}.
 */
public class DecoderBenchmark extends Workload {
  @Override
  Task prepare(Backend on) {
    return PublishedModel.task(
        on, "leapfrog", PublishedModel.FRAMES, BenchWork::decoder, OperationCount::decoder);
  }
}
