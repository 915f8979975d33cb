package hgn.tapeview;

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
 * Collects what this thread records on the tape while open.
 *
 * <p>A node recorded in a backward pass belongs to the phase after the latest one that the pass
 * visits: a gradient of values is a first backward pass, a gradient of that a second. Nodes are in
 * the same group if they belong to the same section and layer, see {@link Places}, or to the
 * pullbacks of such nodes in the same phase.
 */
public final class TapeRecorder implements TapeObserver, AutoCloseable {
  private static final int NONE = -1;

  private final Tape.Observation observation = Tape.observe(this);
  private final Map<Var, Integer> numbers = new IdentityHashMap<>();
  private final Map<Var, String> names = new IdentityHashMap<>();
  private final List<TapeGraph.Node> nodes = new ArrayList<>();
  private final Places places = new Places();
  private final Set<Tensor> owned = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<Walk> walks = new ArrayDeque<>();

  /** A backward pass in progress. */
  private static final class Walk {
    private final Phase phase;
    private int through = NONE;

    Walk(Phase phase) {
      this.phase = phase;
    }
  }

  /** Starts collecting. */
  public TapeRecorder() {}

  /** Names a leaf, or an operation's result in addition to the operation's own name. */
  public void name(Var var, String name) {
    names.put(var, name);
  }

  /** Names all parameters. */
  public void name(Parameters parameters) {
    parameters.all().forEach(parameter -> name(parameter.var(), parameter.name()));
  }

  /** Starts a section of the computation; its values are in separate groups. */
  public void section(String name) {
    places.section(name);
  }

  /** Starts a section of the computation as soon as the next gradients are complete. */
  public void sectionAfterGradients(String name) {
    places.sectionAfterGradients(name);
  }

  /** Returns the graph collected so far. */
  public TapeGraph graph(String title) {
    List<TapeGraph.Node> named = new ArrayList<>(nodes);
    names.forEach((var, name) -> label(named, numbers.get(var), name));
    return new TapeGraph(title, named);
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
    if (walk == null) {
      String place = places.addValue(inputs, this::leafName);
      add(y, y.op(), false, Phase.VALUE, inputs, NONE, place);
    } else {
      boolean twice = nodes.get(walk.through).phase() != Phase.VALUE;
      String place = places.addPullbackOf(walk.through);
      String group = place + ": " + walk.phase + (twice ? " through the first" : "");
      add(y, y.op(), false, walk.phase, inputs, walk.through, group);
    }
  }

  private String leafName(int number) {
    return nodes.get(number).leaf() ? nodes.get(number).label() : "";
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
    if (walks.isEmpty()) {
      places.gradientsAreThere();
    }
  }

  /** Returns the number of a variable; one that was not recorded counts as a leaf. */
  private int number(Var var) {
    Integer number = numbers.get(var);
    if (number == null) {
      places.addLeaf();
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
      String group) {
    int number = nodes.size();
    String shape = var.shape().toString();
    numbers.put(var, number);
    nodes.add(
        new TapeGraph.Node(
            number, label, leaf, phase, shape, bytes(var), inputs, pullbackOf, group));
  }

  /** Memory of a variable that no earlier node holds. */
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
