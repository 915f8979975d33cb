package hgn.benchmarks;

import hgn.autograd.Gradients;
import hgn.autograd.Tape;
import hgn.autograd.Var;
import hgn.autograd.ops.Activations;
import hgn.autograd.ops.Functions;
import hgn.autograd.ops.LinearAlgebra;
import hgn.autograd.ops.Reductions;
import hgn.tensor.Activation;
import hgn.tensor.Arena;
import hgn.tensor.Backend;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import hgn.tensor.TensorOps;
import java.util.List;
import org.openjdk.jmh.annotations.Param;

/**
 * Guards the walk back through a small graph, once and twice: H = sum softplus(softplus(x A) B) on
 * 8x8 matrices, dH/dx, and the slope of |dH/dx|^2 by A and B.
 *
 * <p>You should see a few microseconds a node. Nodes are those recorded on the way; they are set
 * beside plain Java objects made and followed. Run it with {@code java -jar target/benchmarks.jar
 * --only Backward}.
 */
public class BackwardBenchmark extends Workload {
  private static final Shape SQUARE = Shape.of(8, 8);

  /** How often the graph is differentiated. */
  @Param({"1", "2"})
  public int order;

  @Override
  Task prepare(Backend on) {
    Arena arena = new Arena("backward");
    try (Arena.Entered owner = arena.enter()) {
      Tensor x = TensorOps.normal(on, DType.FLOAT32, SQUARE, 1, 0);
      Tensor a = TensorOps.normal(on, DType.FLOAT32, SQUARE, 1, 1);
      Tensor b = TensorOps.normal(on, DType.FLOAT32, SQUARE, 1, 2);
      Runnable work = () -> differentiate(x, a, b);
      long before = Tape.recordedNodes();
      work.run();
      return new Task(work, Tape.recordedNodes() - before, Ceiling.JAVA).closedBy(arena::close);
    }
  }

  private void differentiate(Tensor at, Tensor first, Tensor second) {
    try (Arena arena = Arena.open("call")) {
      Var x = Var.leaf(at);
      Var a = Var.leaf(first);
      Var b = Var.leaf(second);
      Var hidden = softplus(LinearAlgebra.matmul(x, false, a, false));
      Var energy = Reductions.sum(softplus(LinearAlgebra.matmul(hidden, false, b, false)));
      Var slope = Gradients.of(energy, List.of(x), order > 1).get(0);
      if (order > 1) {
        Var size = Reductions.sum(Functions.square(slope));
        Gradients.of(size, List.of(a, b), false);
      }
      at.backend().await();
    }
  }

  private static Var softplus(Var x) {
    return Activations.activate(Activation.SOFTPLUS, x);
  }
}
