package hgn.benchmarks;

import hgn.tensor.Arena;
import hgn.tensor.Backend;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;

/**
 * The control: a long copy, against the ceiling of a long copy.
 *
 * <p>You should see a share of one, less the noise of this machine: what differs from one here
 * differs by chance everywhere else. Run it with {@code java -jar target/benchmarks.jar --only
 * Copy}.
 */
public class CopyBenchmark extends Workload {
  private static final int COUNT = 1 << 24;

  @Override
  Task prepare(Backend on) {
    Arena arena = new Arena("copy");
    try (Arena.Entered owner = arena.enter()) {
      Tensor x = Tensor.full(on, DType.FLOAT32, Shape.of(COUNT), 1);
      Tensor y = Tensor.like(x, x.shape());
      Runnable work =
          () -> {
            on.copy(x, y);
            on.await();
          };
      return new Task(work, 2.0 * Float.BYTES * COUNT, Ceiling.MEMORY)
          .checkedBy(() -> requireOnes(y))
          .closedBy(arena::close);
    }
  }

  private static void requireOnes(Tensor y) {
    for (float value : y.toFloats()) {
      if (value != 1) {
        throw new IllegalStateException("[benchmarks] a copied number is " + value + ", not 1");
      }
    }
  }
}
