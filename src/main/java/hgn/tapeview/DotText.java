package hgn.tapeview;

import java.util.TreeSet;

/**
 * A tape in Graphviz's DOT language. Values are boxes, nodes of the first backward pass ellipses
 * and those of the second octagons. Edges are labelled with shapes, nodes with their memory. A
 * node's tooltip names its group and the node whose pullback recorded it.
 */
public final class DotText {
  private DotText() {}

  /** The text of a .dot file. */
  public static String of(TapeGraph graph) {
    StringBuilder dot = new StringBuilder();
    dot.append("digraph tape {\n");
    dot.append("  label=").append(quoted(graph.title())).append(";\n");
    dot.append("  labelloc=t;\n");
    dot.append("  node [fontname=\"Helvetica\", fontsize=11, style=filled];\n");
    dot.append("  edge [fontname=\"Helvetica\", fontsize=9, color=\"#666666\"];\n");
    graph.nodes().forEach(node -> appendNode(dot, node));
    graph.nodes().forEach(node -> appendEdges(dot, graph, node));
    return dot.append("}\n").toString();
  }

  private static void appendNode(StringBuilder dot, TapeGraph.Node node) {
    String memory = node.bytes() == 0 ? "" : "\\n" + TapeGraph.memory(node.bytes());
    dot.append("  n").append(node.number());
    dot.append(" [label=").append(quoted(node.label()).replaceFirst("\"$", ""));
    dot.append(memory).append("\", shape=").append(outline(node));
    dot.append(", fillcolor=\"").append(node.phase().fill());
    dot.append("\", color=\"").append(node.phase().line());
    String of = node.pullbackOf() < 0 ? "" : ", pullback of n" + node.pullbackOf();
    dot.append("\", tooltip=").append(quoted(node.group() + of)).append("];\n");
  }

  private static String outline(TapeGraph.Node node) {
    if (node.leaf()) {
      return "house";
    }
    return switch (node.phase()) {
      case VALUE -> "box";
      case FIRST -> "ellipse";
      case SECOND -> "octagon";
    };
  }

  private static void appendEdges(StringBuilder dot, TapeGraph graph, TapeGraph.Node node) {
    for (int input : new TreeSet<>(node.inputs())) {
      dot.append("  n").append(input).append(" -> n").append(node.number());
      dot.append(" [label=").append(quoted(graph.nodes().get(input).shape())).append("];\n");
    }
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
