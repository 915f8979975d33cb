package hgn.graph;

import java.util.List;
import java.util.Locale;

/**
 * What was recorded, in the order in which it was.
 *
 * @param title of the picture
 * @param nodes each behind its inputs; node i has the number i
 */
public record TapeGraph(String title, List<Node> nodes) {
  /**
   * An operation, or a leaf.
   *
   * @param number its place in the graph
   * @param label name of the operation or the leaf; of a named result, {@code name = operation}
   * @param leaf whether gradients are taken by it and nothing computed it
   * @param phase when it was recorded
   * @param shape of the value, such as {@code (16,48)}
   * @param bytes that the value takes of its own: none where it is fused away or is a view
   * @param inputs numbers of the nodes that it was computed from
   * @param pullbackOf number of the node whose pullback recorded it; -1 if none did
   * @param group of the nodes that are folded into one; a leaf has none and goes with its use
   */
  public record Node(
      int number,
      String label,
      boolean leaf,
      Phase phase,
      String shape,
      long bytes,
      List<Integer> inputs,
      int pullbackOf,
      String group) {
    Node called(String other) {
      return new Node(number, other, leaf, phase, shape, bytes, inputs, pullbackOf, group);
    }
  }

  /** Keeps its own copy of the nodes. */
  public TapeGraph {
    nodes = List.copyOf(nodes);
  }

  /** Number of nodes of a phase, leaves left out. */
  public long count(Phase phase) {
    return nodes.stream().filter(node -> node.phase() == phase && !node.leaf()).count();
  }

  /** Memory of all nodes of a phase. */
  public long bytes(Phase phase) {
    return nodes.stream().filter(node -> node.phase() == phase).mapToLong(Node::bytes).sum();
  }

  /** Bytes in a unit in which they are short. */
  static String memory(long bytes) {
    return bytes < 10_000
        ? bytes + " B"
        : bytes < 10_000_000
            ? String.format(Locale.ROOT, "%.0f kB", bytes / 1e3)
            : String.format(Locale.ROOT, "%.0f MB", bytes / 1e6);
  }
}
