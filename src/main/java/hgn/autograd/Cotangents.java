package hgn.autograd;

import static hgn.autograd.Edge.wrt;

import hgn.tensor.BinaryOp;
import hgn.tensor.Tensor;
import hgn.tensor.TensorOps;
import java.util.IdentityHashMap;
import java.util.Map;

/** The cotangents of a backward pass; frees those it owns after their last use. */
final class Cotangents {
  private final Map<Var, Var> slots = new IdentityHashMap<>();
  private final Map<Tensor, Integer> uses = new IdentityHashMap<>();
  private final boolean createGraph;

  Cotangents(boolean createGraph) {
    this.createGraph = createGraph;
  }

  Var get(Var node) {
    return slots.get(node);
  }

  /**
   * Takes ownership of g's tensor, which was made during this backward pass and is used nowhere
   * else.
   */
  void own(Var g) {
    uses.putIfAbsent(g.value().base(), 0);
  }

  void put(Var node, Var g) {
    slots.put(node, g);
    use(g, 1);
  }

  void accumulate(Var node, Var g) {
    Var before = slots.get(node);
    if (before == null) {
      put(node, g);
    } else if (createGraph) {
      slots.put(node, sum(before, g));
    } else {
      use(g, 1);
      addTo(node, before, g);
      use(g, -1);
    }
  }

  /** a + b of the same shape, recorded if the gradients are. VJP: a' = g, b' = g. */
  private static Var sum(Var a, Var b) {
    Tensor sum = TensorOps.binary(BinaryOp.ADD, a.value(), b.value());
    return Tape.record("add", sum, wrt(a, (y, g) -> g), wrt(b, (y, g) -> g));
  }

  private void addTo(Var node, Var before, Var g) {
    Tensor sum = before.value();
    if (uses.getOrDefault(sum.base(), 0) == 1) { // owned, and in no other slot
      TensorOps.addInto(sum, g.value());
    } else {
      Var total = sum(before, g);
      own(total);
      put(node, total);
      use(before, -1);
    }
  }

  void drop(Var node) {
    use(slots.remove(node), -1);
  }

  private void use(Var g, int change) {
    if (createGraph) {
      return;
    }
    Tensor base = g.value().base();
    Integer count = uses.get(base);
    if (count != null && count + change == 0) {
      uses.remove(base);
      base.close();
    } else if (count != null) {
      uses.put(base, count + change);
    }
  }
}
