package hgn.benchmarks;

import hgn.autograd.Tape;
import hgn.autograd.Var;
import hgn.autograd.ops.Arithmetic;
import hgn.tensor.Arena;
import hgn.tensor.Backend;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import org.openjdk.jmh.annotations.Param;

/**
 * Guards what the tape costs beside the numbers: operations on a single number, recorded and not.
 *
 * <p>You should see well below a microsecond each. Nodes are set beside plain Java objects made and
 * followed. Control: the same operations with recording paused. Run it with {@code java -jar
 * target/benchmarks.jar --only Tape}.
 */
public class TapeBenchmark extends Workload {
  private static final int NODES = 1000;

  /** Whether the operations are recorded. */
  @Param({"true", "false"})
  public boolean recorded;

  @Override
  Task prepare(Backend on) {
    Arena arena = new Arena("tape");
    Tensor one;
    try (Arena.Entered owner = arena.enter()) {
      one = Tensor.full(on, DType.FLOAT32, Shape.of(1), 1);
    }
    Runnable work = recorded ? () -> chain(one) : () -> unrecorded(one);
    return new Task(work, NODES, Ceiling.JAVA)
        .checkedBy(() -> requireNodes(one))
        .closedBy(arena::close);
  }

  private static void chain(Tensor one) {
    try (Arena arena = Arena.open("chain")) {
      Var x = Var.leaf(one);
      for (int i = 0; i < NODES; i++) {
        x = Arithmetic.affine(x, 1, 1);
      }
      x.backend().await();
    }
  }

  private static void unrecorded(Tensor one) {
    try (Tape.Mode off = Tape.pause()) {
      chain(one);
    }
  }

  private void requireNodes(Tensor one) {
    long before = Tape.recordedNodes();
    chain(one);
    if (Tape.recordedNodes() - before != NODES) {
      throw new IllegalStateException("[benchmarks] the tape did not record");
    }
  }
}
