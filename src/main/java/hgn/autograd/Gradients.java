package hgn.autograd;

import static hgn.autograd.Edge.wrt;

import hgn.tensor.Arena;
import hgn.tensor.BinaryOp;
import hgn.tensor.Tensor;
import hgn.tensor.TensorOps;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gradients by reverse accumulation.
 *
 * <p>Only the operations between y and the xs are visited: the search goes down from y and turns
 * back at what is older than every x. An integrator that asks for the gradient of an energy with
 * respect to a fresh leaf therefore pays for that energy alone, however long the tape is by then.
 * Nothing here recurses, so depth costs no stack.
 */
public final class Gradients {
  private static final Edge[] NO_EDGES = {};

  private final Set<Var> targets = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Var> onPath = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Cotangents cotangents;
  private final boolean createGraph;
  private final boolean partial;

  private Gradients(List<Var> xs, boolean createGraph, boolean partial) {
    targets.addAll(xs);
    this.createGraph = createGraph;
    this.partial = partial;
    this.cotangents = new Cotangents(createGraph);
  }

  /**
   * dy/dx for each x.
   *
   * @param y a scalar
   * @param xs differentiable variables
   * @param createGraph whether the gradients are recorded, to be differentiated again
   * @return gradients in the order of {@code xs}, each of its shape, owned by the innermost arena
   * @throws IllegalArgumentException if y is not a scalar or does not depend on an x
   */
  public static List<Var> of(Var y, List<Var> xs, boolean createGraph) {
    List<Var> gradients = compute(y, ones(y), xs, createGraph, false);
    int missing = gradients.indexOf(null);
    if (missing >= 0) {
      throw new IllegalArgumentException(
          "[gradient] "
              + y
              + " does not depend on input "
              + missing
              + ", "
              + xs.get(missing)
              + "; use Gradients.orZero if it need not");
    }
    return gradients;
  }

  /** As {@link #of}, with zeros for each x that y does not depend on. */
  public static List<Var> orZero(Var y, List<Var> xs, boolean createGraph) {
    return zerosFilled(compute(y, ones(y), xs, createGraph, false), xs);
  }

  /**
   * The vector-Jacobian products (dy/dx)^T g of partial derivatives, with zeros for each x that y
   * does not depend on. Each x counts as independent of the others: the search turns back at it, so
   * what it was computed from does not matter.
   *
   * @param g cotangent of y, of its shape
   */
  public static List<Var> partials(Var y, Var g, List<Var> xs, boolean createGraph) {
    return zerosFilled(compute(y, g, xs, createGraph, true), xs);
  }

  private static List<Var> zerosFilled(List<Var> gradients, List<Var> xs) {
    for (int i = 0; i < gradients.size(); i++) {
      if (gradients.get(i) == null) {
        Var x = xs.get(i);
        gradients.set(i, Var.constant(Tensor.full(x.backend(), x.dtype(), x.shape(), 0)));
      }
    }
    return gradients;
  }

  private static Var ones(Var y) {
    if (y.shape().count() != 1) {
      throw new IllegalArgumentException(
          "[gradient] y must be a scalar, got " + y + "; sum it, or weight it and sum");
    }
    return Var.constant(Tensor.full(y.backend(), y.dtype(), y.shape(), 1));
  }

  private static List<Var> compute(
      Var y, Var g, List<Var> xs, boolean createGraph, boolean partial) {
    for (Var x : xs) {
      if (!x.isDifferentiable()) {
        throw new IllegalArgumentException(
            "[gradient] " + x + " is a constant; make it a leaf with Var.leaf");
      }
    }
    try (Tape.Mode mode = createGraph ? Tape.resume() : Tape.pause()) {
      return new Gradients(xs, createGraph, partial).walk(y, g, xs);
    }
  }

  private List<Var> walk(Var y, Var g, List<Var> xs) {
    long oldest = xs.stream().mapToLong(Var::id).min().orElse(Long.MAX_VALUE);
    List<Var> between = between(y, oldest);
    cotangents.put(y, g);
    for (int i = between.size() - 1; i >= 0; i--) {
      Var node = between.get(i);
      Var cotangent = cotangents.get(node);
      for (Edge edge : followed(node)) {
        if (onPath.contains(edge.input())) {
          cotangents.accumulate(edge.input(), pull(node, edge, cotangent));
        }
      }
      if (!targets.contains(node)) {
        cotangents.drop(node);
      }
    }
    List<Var> gradients = new ArrayList<>(xs.size());
    for (Var x : xs) {
      gradients.add(onPath.contains(x) ? cotangents.get(x) : null);
    }
    return gradients;
  }

  /** The variables through which y depends on a target, oldest first; fills {@link #onPath}. */
  private List<Var> between(Var y, long oldest) {
    List<Var> reached = new ArrayList<>();
    Set<Var> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Var> open = new ArrayDeque<>();
    seen.add(y);
    open.push(y);
    while (!open.isEmpty()) {
      Var node = open.pop();
      reached.add(node);
      for (Edge edge : followed(node)) {
        if (edge.input().id() >= oldest && seen.add(edge.input())) {
          open.push(edge.input());
        }
      }
    }
    Tape.visited(reached.size());
    reached.sort(Comparator.comparingLong(Var::id));
    List<Var> path = new ArrayList<>(reached.size());
    for (Var node : reached) {
      if (targets.contains(node) || dependsOnPath(node)) {
        onPath.add(node);
        path.add(node);
      }
    }
    return path;
  }

  private Edge[] followed(Var node) {
    return partial && targets.contains(node) ? NO_EDGES : node.edges();
  }

  private boolean dependsOnPath(Var node) {
    for (Edge edge : node.edges()) {
      if (onPath.contains(edge.input())) {
        return true;
      }
    }
    return false;
  }

  private Var pull(Var node, Edge edge, Var cotangent) {
    Var pulled =
        createGraph ? edge.pullback().apply(node, cotangent) : scratch(node, edge, cotangent);
    if (!pulled.shape().equals(edge.input().shape())) {
      throw new IllegalStateException(
          "["
              + node.op()
              + "] its pullback gave a gradient of shape "
              + pulled.shape()
              + " for an input of shape "
              + edge.input().shape());
    }
    return pulled;
  }

  /** Runs a pullback whose intermediate tensors nobody will need. */
  private Var scratch(Var node, Edge edge, Var cotangent) {
    try (Arena scratch = Arena.open("vjp")) {
      Var pulled = edge.pullback().apply(node, cotangent);
      if (scratch.owns(pulled.value())) {
        scratch.keep(pulled.value());
        cotangents.own(pulled);
      }
      return pulled;
    }
  }

  /** Cotangents on their way back; frees those it owns as soon as the last use is over. */
  private static final class Cotangents {
    private final Map<Var, Var> slots = new IdentityHashMap<>();
    private final Map<Tensor, Integer> uses = new IdentityHashMap<>();
    private final boolean createGraph;

    Cotangents(boolean createGraph) {
      this.createGraph = createGraph;
    }

    Var get(Var node) {
      return slots.get(node);
    }

    /** Notes that the tensor behind g was made during this walk and is not used elsewhere. */
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

    /** a + b of one shape, recorded where the gradients are. VJP: a' = g, b' = g. */
    private static Var sum(Var a, Var b) {
      Tensor sum = TensorOps.binary(BinaryOp.ADD, a.value(), b.value());
      return Tape.record("add", sum, wrt(a, (y, g) -> g), wrt(b, (y, g) -> g));
    }

    private void addTo(Var node, Var before, Var g) {
      Tensor sum = before.value();
      if (uses.getOrDefault(sum.base(), 0) == 1) { // ours, and in no other slot
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
}
