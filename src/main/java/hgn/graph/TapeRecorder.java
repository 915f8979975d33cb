package hgn.graph;

import hgn.autograd.Tape;
import hgn.autograd.TapeObserver;
import hgn.autograd.Var;
import hgn.nn.Parameters;
import hgn.tensor.Tensor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Notes what this thread records while it is open.
 *
 * <p>A node of a walk belongs to the phase after the latest one that the walk goes over: a gradient
 * of values is a first backward, a gradient of that a second. Nodes are in one group if they belong
 * to the same section and layer, or to the pullbacks of such nodes in the same phase. A layer is
 * known by its parameters' names.
 */
public final class TapeRecorder implements TapeObserver, AutoCloseable {
  private static final int NONE = -1;

  private final Tape.Observation observation = Tape.observe(this);
  private final Map<Var, Integer> numbers = new IdentityHashMap<>();
  private final Map<Var, String> names = new IdentityHashMap<>();
  private final List<TapeGraph.Node> nodes = new ArrayList<>();
  private final List<String> places = new ArrayList<>();
  private final Set<Tensor> owned = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<Walk> walks = new ArrayDeque<>();
  private String section = "";
  private String next;

  /** Gradients on their way back. */
  private static final class Walk {
    private final Phase phase;
    private int through = NONE;

    Walk(Phase phase) {
      this.phase = phase;
    }
  }

  /** Begins to note. */
  public TapeRecorder() {}

  /** Gives a leaf a name, or an operation's result one beside the operation's own. */
  public void name(Var var, String name) {
    names.put(var, name);
  }

  /** Gives all parameters their names. */
  public void name(Parameters parameters) {
    parameters.all().forEach(parameter -> name(parameter.var(), parameter.name()));
  }

  /** Begins a part of the computation; its values are in groups of their own. */
  public void section(String name) {
    section = name;
  }

  /** Begins a part of the computation as soon as the next gradients are there. */
  public void sectionAfterGradients(String name) {
    next = name;
  }

  /** What was noted so far. */
  public TapeGraph graph(String title) {
    List<TapeGraph.Node> named = new ArrayList<>(nodes);
    names.forEach((var, name) -> label(named, numbers.get(var), name));
    return new TapeGraph(title, named).withLeavesAtTheirUse();
  }

  private static void label(List<TapeGraph.Node> named, Integer number, String name) {
    if (number != null && !named.get(number).leaf()) {
      TapeGraph.Node node = named.get(number);
      named.set(number, node.called(name + " = " + node.label()));
    }
  }

  @Override
  public void recorded(Var y) {
    List<Integer> inputs = y.inputs().stream().map(this::number).toList();
    Walk walk = walks.peek();
    Phase phase = walk == null ? Phase.VALUE : walk.phase;
    int pullbackOf = walk == null ? NONE : walk.through;
    String place = pullbackOf == NONE ? place(y, inputs) : places.get(pullbackOf);
    add(y, y.op(), false, phase, inputs, pullbackOf, place);
  }

  @Override
  public void walkBegins(List<Var> path) {
    Phase latest = Phase.VALUE;
    for (Var node : path) {
      Phase phase = nodes.get(number(node)).phase();
      latest = phase.compareTo(latest) > 0 ? phase : latest;
    }
    walks.push(new Walk(latest.next()));
  }

  @Override
  public void goesBackThrough(Var y) {
    walks.element().through = number(y);
  }

  @Override
  public void walkEnds() {
    walks.pop();
    if (walks.isEmpty() && next != null) {
      section = next;
      next = null;
    }
  }

  /** The number of a variable; one that was not recorded is a leaf, or as good as one. */
  private int number(Var var) {
    Integer number = numbers.get(var);
    if (number == null) {
      String name = names.getOrDefault(var, var.op());
      add(var, name, true, Phase.VALUE, List.of(), NONE, "");
      number = numbers.get(var);
    }
    return number;
  }

  private void add(
      Var var,
      String label,
      boolean leaf,
      Phase phase,
      List<Integer> inputs,
      int pullbackOf,
      String place) {
    String shape = var.shape().toString();
    String group = place.isEmpty() ? "" : place + suffix(phase, pullbackOf);
    numbers.put(var, nodes.size());
    nodes.add(
        new TapeGraph.Node(
            nodes.size(), label, leaf, phase, shape, bytes(var), inputs, pullbackOf, group));
    places.add(place);
  }

  private String suffix(Phase phase, int pullbackOf) {
    if (phase == Phase.VALUE) {
      return "";
    }
    boolean twice = pullbackOf != NONE && nodes.get(pullbackOf).phase() != Phase.VALUE;
    return ": " + phase + (twice ? " through the first" : "");
  }

  /** Section and layer of a value: its parameters', or else that of what it was computed from. */
  private String place(Var y, List<Integer> inputs) {
    for (int i = 0; i < inputs.size(); i++) {
      TapeGraph.Node input = nodes.get(inputs.get(i));
      if (input.leaf() && names.containsKey(y.inputs().get(i)) && !layer(input.label()).isEmpty()) {
        return section.isEmpty() ? layer(input.label()) : section + ", " + layer(input.label());
      }
    }
    for (int input : inputs) {
      if (!nodes.get(input).leaf() && inSection(places.get(input))) {
        return places.get(input);
      }
    }
    return section;
  }

  private boolean inSection(String place) {
    return section.isEmpty() || place.equals(section) || place.startsWith(section + ", ");
  }

  /** What of a parameter's name is before its role. */
  private static String layer(String name) {
    return name.substring(0, Math.max(0, name.lastIndexOf('.')));
  }

  /** Memory that no node before this one has. */
  private long bytes(Var var) {
    return var.isStored() && owned.add(var.value().base())
        ? var.shape().count() * var.dtype().bytes()
        : 0;
  }

  @Override
  public void close() {
    observation.close();
  }
}
