package hgn.tapeview;

import java.util.List;
import java.util.Locale;

/**
 * The recorded nodes, in order of recording.
 *
 * @param title title of the picture
 * @param nodes the nodes, each after its inputs; node i has number i
 */
public record TapeGraph(String title, List<Node> nodes) {
  /**
   * An operation, or a leaf.
   *
   * @param number its index in the graph
   * @param label name of the operation or the leaf; of a named result, {@code name = operation}
   * @param leaf whether it is a leaf, which gradients are taken with respect to and no operation
   *     computed
   * @param phase when it was recorded
   * @param shape of the value, such as {@code (16,48)}
   * @param bytes own memory of the value: 0 if it is fused or a view
   * @param inputs numbers of the nodes that it was computed from
   * @param pullbackOf number of the node whose pullback recorded it; -1 if none did
   * @param group name of the group that it is folded into; a leaf has none and joins its use
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

  /** Number of nodes of a phase, without leaves. */
  public long count(Phase phase) {
    return nodes.stream().filter(node -> node.phase() == phase && !node.leaf()).count();
  }

  /** Memory of all nodes of a phase. */
  public long bytes(Phase phase) {
    return nodes.stream().filter(node -> node.phase() == phase).mapToLong(Node::bytes).sum();
  }

  /** Formats bytes in a suitable unit. */
  static String memory(long bytes) {
    return bytes < 10_000
        ? bytes + " B"
        : bytes < 10_000_000
            ? String.format(Locale.ROOT, "%.0f kB", bytes / 1e3)
            : String.format(Locale.ROOT, "%.0f MB", bytes / 1e6);
  }
}
