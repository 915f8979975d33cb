package hgn.autograd;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * All paths on the tape from y back to the targets.
 *
 * <p>The search starts at y and stops at variables older than every target. It does not recurse, so
 * a deep graph needs no stack.
 */
final class BackwardPaths {
  private static final Edge[] NO_EDGES = {};

  private final Set<Var> targets = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Var> onPath = Collections.newSetFromMap(new IdentityHashMap<>());
  private final List<Var> newestFirst = new ArrayList<>();
  private final boolean partial;

  /**
   * Finds the paths.
   *
   * @param partial whether a path ends at the first target, see {@link Gradients#partials}
   */
  BackwardPaths(Var y, List<Var> targets, boolean partial) {
    this.targets.addAll(targets);
    this.partial = partial;
    List<Var> reached = reached(y);
    reached.sort(Comparator.comparingLong(Var::id)); // inputs come before their results
    for (Var node : reached) {
      if (isTarget(node) || leadsOn(node)) {
        onPath.add(node);
        newestFirst.add(node);
      }
    }
    Collections.reverse(newestFirst);
  }

  private List<Var> reached(Var y) {
    long oldest = targets.stream().mapToLong(Var::id).min().orElse(Long.MAX_VALUE);
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
    return reached;
  }

  private Edge[] followed(Var node) {
    return partial && isTarget(node) ? NO_EDGES : node.edges();
  }

  private boolean leadsOn(Var node) {
    for (Edge edge : node.edges()) {
      if (onPath.contains(edge.input())) {
        return true;
      }
    }
    return false;
  }

  /** The variables on the paths; each comes before those that it was computed from. */
  List<Var> newestFirst() {
    return newestFirst;
  }

  /** The edges of a variable on a path that lead to a target. */
  List<Edge> edges(Var node) {
    List<Edge> edges = new ArrayList<>();
    for (Edge edge : followed(node)) {
      if (onPath.contains(edge.input())) {
        edges.add(edge);
      }
    }
    return edges;
  }

  boolean isTarget(Var node) {
    return targets.contains(node);
  }
}
