package hgn.tapeview;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The nodes of a tape by groups, in topological order of the groups.
 *
 * <p>A node that would close a cycle of groups starts another group of the same name with a number,
 * since it depends on a group that depends on the first one.
 */
final class Folding {
  private final TapeGraph graph;
  private final List<Group> groups = new ArrayList<>();
  private final Map<String, Group> latest = new HashMap<>();
  private final Group[] groupOf;

  /** Nodes that are folded into one box. */
  static final class Group {
    private final String name;
    private final List<TapeGraph.Node> nodes = new ArrayList<>();
    private final Set<Group> sources = new LinkedHashSet<>();

    private Group(String name) {
      this.name = name;
    }

    String name() {
      return name;
    }

    List<TapeGraph.Node> nodes() {
      return nodes;
    }

    /** The other groups that this group is computed from. */
    Set<Group> sources() {
      return sources;
    }

    /** Whether {@code other} is this group or one that it depends on. */
    private boolean dependsOn(Group other) {
      Set<Group> seen = new LinkedHashSet<>();
      Deque<Group> open = new ArrayDeque<>(List.of(this));
      while (!open.isEmpty()) {
        Group group = open.pop();
        if (seen.add(group)) {
          open.addAll(group.sources);
        }
      }
      return seen.contains(other);
    }
  }

  private Folding(TapeGraph graph) {
    this.graph = graph;
    this.groupOf = new Group[graph.nodes().size()];
  }

  /** The groups. */
  static List<Group> of(TapeGraph graph) {
    Folding folding = new Folding(graph);
    graph.nodes().stream().filter(node -> !node.leaf()).forEach(folding::add);
    return folding.inOrder();
  }

  private void add(TapeGraph.Node node) {
    Set<Group> sources = new LinkedHashSet<>();
    for (int input : node.inputs()) {
      if (groupOf[input] != null) {
        sources.add(groupOf[input]);
      }
    }
    Group group = latest.get(node.group());
    if (group == null || closesCircle(group, sources)) {
      group = begin(node.group());
    }
    for (int input : node.inputs()) {
      if (groupOf[input] == null) { // a leaf, which joins the group of its first use
        put(graph.nodes().get(input), group);
      }
    }
    put(node, group);
    sources.remove(group);
    group.sources.addAll(sources);
  }

  private static boolean closesCircle(Group group, Set<Group> sources) {
    return sources.stream().anyMatch(source -> source != group && source.dependsOn(group));
  }

  private Group begin(String name) {
    long before = groups.stream().filter(group -> group.name.startsWith(name + " (")).count();
    Group group = new Group(latest.containsKey(name) ? name + " (" + (before + 2) + ")" : name);
    groups.add(group);
    latest.put(name, group);
    return group;
  }

  private void put(TapeGraph.Node node, Group group) {
    groupOf[node.number()] = group;
    group.nodes.add(node);
  }

  private List<Group> inOrder() {
    Set<Group> ordered = new LinkedHashSet<>();
    while (ordered.size() < groups.size()) {
      groups.stream()
          .filter(group -> !ordered.contains(group) && ordered.containsAll(group.sources))
          .findFirst()
          .ifPresent(ordered::add);
    }
    return List.copyOf(ordered);
  }
}
