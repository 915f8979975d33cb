package hgn.autograd;

import hgn.tensor.Arena;
import hgn.tensor.Tensor;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Gradients by reverse accumulation.
 *
 * <p>Only the operations between y and the xs are visited: the search starts at y and stops at
 * variables older than every x. An integrator that takes the gradient of an energy with respect to
 * a fresh leaf therefore pays for that energy only, however long the tape has become. Nothing here
 * recurses, so a deep graph needs no stack.
 */
public final class Gradients {
  private final BackwardPaths paths;
  private final Cotangents cotangents;
  private final boolean createGraph;
  private final Arrival arrival;

  /** Told of each gradient as soon as it is complete, while the walk goes on to older variables. */
  public interface Arrival {
    /**
     * A gradient is complete.
     *
     * @param index of the variable among those asked for
     */
    void of(int index, Var gradient);
  }

  private Gradients(BackwardPaths paths, boolean createGraph, Arrival arrival) {
    this.paths = paths;
    this.createGraph = createGraph;
    this.arrival = arrival;
    this.cotangents = new Cotangents(createGraph);
  }

  /**
   * Returns dy/dx for each x.
   *
   * @param y a scalar
   * @param xs differentiable variables
   * @param createGraph whether the gradients are recorded so that they can be differentiated again
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

  /** Like {@link #of}, but returns zeros for each x that y does not depend on. */
  public static List<Var> orZero(Var y, List<Var> xs, boolean createGraph) {
    return zerosFilled(compute(y, ones(y), xs, createGraph, false), xs);
  }

  /**
   * Like {@link #orZero(Var, List, boolean)} without recording, but tells of each gradient as soon
   * as it is complete. Zeros are not told of.
   */
  public static List<Var> orZero(Var y, List<Var> xs, Arrival arrival) {
    return zerosFilled(compute(y, ones(y), xs, false, false, arrival), xs);
  }

  /**
   * Returns the vector-Jacobian products (dy/dx)^T g of partial derivatives, with zeros for each x
   * that y does not depend on. The xs are treated as independent variables: the search stops at
   * each x, whatever it was computed from.
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
    return compute(y, g, xs, createGraph, partial, null);
  }

  private static List<Var> compute(
      Var y, Var g, List<Var> xs, boolean createGraph, boolean partial, Arrival arrival) {
    for (Var x : xs) {
      if (!x.isDifferentiable()) {
        throw new IllegalArgumentException(
            "[gradient] " + x + " is a constant; make it a leaf with Var.leaf");
      }
    }
    try (Tape.Mode mode = createGraph ? Tape.resume() : Tape.pause()) {
      BackwardPaths paths = new BackwardPaths(y, xs, partial);
      return new Gradients(paths, createGraph, arrival).walk(y, g, xs);
    }
  }

  /**
   * Walks from y back to the xs; each variable passes on the sum of the cotangents that have
   * reached it.
   */
  private List<Var> walk(Var y, Var g, List<Var> xs) {
    TapeObserver observer = Tape.observer();
    observer.walkBegins(paths.newestFirst());
    Map<Var, List<Integer>> last = arrival == null ? Map.of() : lastUses(xs);
    cotangents.put(y, g);
    for (Var node : paths.newestFirst()) {
      observer.goesBackThrough(node);
      Var cotangent = cotangents.get(node);
      for (Edge edge : paths.edges(node)) {
        cotangents.accumulate(edge.input(), pull(node, edge, cotangent));
      }
      if (!paths.isTarget(node)) {
        cotangents.drop(node);
      }
      for (int index : last.getOrDefault(node, List.of())) {
        arrival.of(index, cotangents.get(xs.get(index)));
      }
    }
    observer.walkEnds();
    List<Var> gradients = new ArrayList<>(xs.size());
    xs.forEach(x -> gradients.add(cotangents.get(x))); // null where y does not depend on x
    return gradients;
  }

  /** The x whose gradients are complete once the walk has left a variable, by that variable. */
  private Map<Var, List<Integer>> lastUses(List<Var> xs) {
    Map<Var, Var> oldest = new IdentityHashMap<>();
    for (Var node : paths.newestFirst()) {
      for (Edge edge : paths.edges(node)) {
        oldest.put(edge.input(), node);
      }
    }
    Map<Var, List<Integer>> last = new IdentityHashMap<>();
    for (int i = 0; i < xs.size(); i++) {
      Var node = oldest.get(xs.get(i));
      if (node != null) {
        last.computeIfAbsent(node, one -> new ArrayList<>()).add(i);
      }
    }
    return last;
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

  /** Runs a pullback and frees its intermediate tensors. */
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
}
