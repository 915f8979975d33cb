package hgn.tapeview;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Boxes and arrows of a whole tape, of its folded groups, or of one group and its inputs. */
final class View {
  private final List<Box> boxes = new ArrayList<>();
  private final Set<Arrow> arrows = new LinkedHashSet<>();

  /**
   * A node, or several.
   *
   * @param nodes the nodes that it represents
   * @param label first line
   * @param note second line; may be empty
   * @param shape shape of its value; empty if there are several
   * @param look its outline
   */
  record Box(List<TapeGraph.Node> nodes, String label, String note, String shape, Look look) {}

  /** Outlines. */
  enum Look {
    LEAF,
    NODE,
    GROUP,
    OUTSIDE
  }

  /** An arrow between two boxes, given by their indices. */
  record Arrow(int from, int to) {}

  private View() {}

  List<Box> boxes() {
    return boxes;
  }

  Set<Arrow> arrows() {
    return arrows;
  }

  /** Every node is a box; a leaf is drawn again at each use. */
  static View whole(TapeGraph graph) {
    View view = new View();
    Map<Integer, Integer> places = new LinkedHashMap<>();
    for (TapeGraph.Node node : graph.nodes()) {
      if (!node.leaf()) {
        view.connect(graph, node, places);
      }
    }
    return view;
  }

  private void connect(TapeGraph graph, TapeGraph.Node node, Map<Integer, Integer> places) {
    List<Integer> from = new ArrayList<>();
    for (int input : new TreeSet<>(node.inputs())) {
      TapeGraph.Node source = graph.nodes().get(input);
      from.add(
          source.leaf() || !places.containsKey(input) ? add(single(source)) : places.get(input));
    }
    int to = add(single(node));
    places.put(node.number(), to);
    from.forEach(source -> arrows.add(new Arrow(source, to)));
  }

  private static Box single(TapeGraph.Node node) {
    String note = node.bytes() == 0 ? "" : TapeGraph.memory(node.bytes());
    Look look = node.leaf() ? Look.LEAF : Look.NODE;
    return new Box(List.of(node), node.label(), note, node.shape(), look);
  }

  private int add(Box box) {
    boxes.add(box);
    return boxes.size() - 1;
  }

  /** Every group is a box. */
  static View folded(List<Folding.Group> groups) {
    View view = new View();
    for (Folding.Group group : groups) {
      int to = view.add(folded(group));
      group.sources().forEach(from -> view.arrows.add(new Arrow(groups.indexOf(from), to)));
    }
    return view;
  }

  private static Box folded(Folding.Group group) {
    List<TapeGraph.Node> nodes = group.nodes();
    long bytes = nodes.stream().mapToLong(TapeGraph.Node::bytes).sum();
    long operations = nodes.stream().filter(node -> !node.leaf()).count();
    String count = operations == 1 ? "1 node, " : operations + " nodes, ";
    String[] words = group.name().split(": ", 2);
    String phase = words.length < 2 ? "" : words[1] + ": ";
    return new Box(nodes, words[0], phase + count + TapeGraph.memory(bytes), "", Look.GROUP);
  }

  /** The nodes of one group, and the nodes outside it that they are computed from. */
  static View inside(TapeGraph graph, List<TapeGraph.Node> group) {
    View view = new View();
    Map<Integer, Integer> places = new LinkedHashMap<>();
    for (TapeGraph.Node node : group) {
      if (!node.leaf()) {
        for (int input : node.inputs()) {
          TapeGraph.Node source = graph.nodes().get(input);
          if (!source.leaf() && !group.contains(source) && !places.containsKey(input)) {
            Box box = single(source);
            places.put(
                input,
                view.add(
                    new Box(box.nodes(), box.label(), source.group(), box.shape(), Look.OUTSIDE)));
          }
        }
        view.connect(graph, node, places);
      }
    }
    return view;
  }
}
