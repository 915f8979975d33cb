package hgn.testing.autograd;

import hgn.autograd.Var;
import hgn.autograd.ops.Activations;
import hgn.autograd.ops.Arithmetic;
import hgn.autograd.ops.Functions;
import hgn.autograd.ops.Layout;
import hgn.autograd.ops.Reductions;
import hgn.tensor.Activation;
import hgn.tensor.Backend;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A random graph, rich in operations that pass on their cotangent or a view of it, so that many
 * slots of a backward pass share memory.
 */
public final class RandomGraph {
  private static final Shape SHAPE = Shape.of(2, 3);

  private final SplittableRandom random;
  private final Backend backend;
  private final List<Var> nodes = new ArrayList<>();

  public RandomGraph(long seed, Backend backend) {
    this.random = new SplittableRandom(seed);
    this.backend = backend;
    Tensor whole = tensor(Shape.of(4, 3));
    nodes.add(Var.leaf(whole.rows(0, 2)));
    nodes.add(Var.leaf(whole.rows(2, 2)));
    nodes.add(Var.leaf(tensor(SHAPE)));
    nodes.add(Var.constant(tensor(SHAPE)));
    int operations = 3 + random.nextInt(20);
    for (int i = 0; i < operations; i++) {
      nodes.add(operation(any(), any()));
    }
  }

  private Tensor tensor(Shape shape) {
    return Tensor.of(
        backend, DType.FLOAT64, shape, random.doubles(shape.count(), -0.9, 0.9).toArray());
  }

  private Var any() {
    int recent = Math.min(nodes.size(), 6); // mostly deep graphs
    return random.nextInt(3) == 0
        ? nodes.get(random.nextInt(nodes.size()))
        : nodes.get(nodes.size() - 1 - random.nextInt(recent));
  }

  private Var operation(Var a, Var b) {
    return switch (random.nextInt(11)) {
      case 0 -> Arithmetic.add(a, b);
      case 1 -> Arithmetic.add(a, a);
      case 2 -> Arithmetic.sub(a, b);
      case 3 -> Arithmetic.identity(a);
      case 4 -> Layout.reshape(Layout.reshape(a, Shape.of(6)), SHAPE);
      case 5 -> Functions.sin(Arithmetic.mul(a, b));
      case 6 -> Arithmetic.addActivate(a, b, Activation.TANH);
      case 7 -> Arithmetic.add(a, Reductions.sumTo(b, Shape.of(3)));
      case 8 -> Reductions.broadcastTo(Reductions.sumTo(a, Shape.of(2, 1)), SHAPE);
      case 9 -> Layout.slice(Layout.concat(List.of(a, b), 0), 0, 1, 2);
      default -> Activations.activate(Activation.IDENTITY, a);
    };
  }

  /** All variables, leaves and the constant first. */
  public List<Var> nodes() {
    return nodes;
  }

  /** A scalar that depends on the last variables with random weights. */
  public Var scalar() {
    Var y =
        Reductions.sum(Arithmetic.mul(nodes.get(nodes.size() - 1), Var.constant(tensor(SHAPE))));
    return random.nextBoolean() ? y : Arithmetic.add(y, Reductions.sum(any()));
  }

  /** Some of the differentiable variables, now and then one of them twice. */
  public List<Var> targets(Var y) {
    List<Var> targets = new ArrayList<>();
    for (Var node : nodes) {
      if (node.isDifferentiable() && random.nextInt(3) == 0) {
        targets.add(node);
        if (random.nextInt(4) == 0) {
          targets.add(node);
        }
      }
    }
    if (y.isDifferentiable() && random.nextInt(3) == 0) {
      targets.add(random.nextInt(targets.size() + 1), y);
    }
    return targets;
  }
}
