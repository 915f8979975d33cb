package hgn.nn;

import hgn.autograd.Var;
import hgn.tensor.Arena;
import hgn.tensor.Backend;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Owns a model's parameters, in the order of their creation, and frees them when closed. */
public final class Parameters implements AutoCloseable {
  private final Backend backend;
  private final DType dtype;
  private final String owner;
  private final Set<String> frozen;
  private final Arena arena = new Arena("parameters");
  private final Map<String, Parameter> byName = new LinkedHashMap<>();

  /** Creates an empty collection of parameters on a backend, in a dtype. */
  public Parameters(Backend backend, DType dtype) {
    this(backend, dtype, "", Set.of());
  }

  /**
   * Creates an empty collection.
   *
   * @param owner the kind of model, for checkpoints and messages
   * @param frozen networks whose parameters are not trained, see {@link Parameter#network}
   */
  public Parameters(Backend backend, DType dtype, String owner, Set<String> frozen) {
    this.backend = backend;
    this.dtype = dtype;
    this.owner = owner;
    this.frozen = Set.copyOf(frozen);
  }

  /**
   * Adds a parameter with these values.
   *
   * @throws IllegalArgumentException if the name is taken
   */
  public Parameter add(String name, Shape shape, double[] values) {
    if (byName.containsKey(name)) {
      throw new IllegalArgumentException("[parameters] there is a '" + name + "' already");
    }
    try (Arena.Entered owner = arena.enter()) {
      Tensor value = Tensor.of(backend, dtype, shape, values);
      Parameter trained = new Parameter(name, value, Var.leaf(value));
      Parameter parameter =
          frozen.contains(trained.network())
              ? new Parameter(name, value, Var.constant(value))
              : trained;
      byName.put(name, parameter);
      return parameter;
    }
  }

  /** Returns a constant that lives as long as the parameters but is not one of them. */
  public Var constant(Shape shape, double[] values) {
    try (Arena.Entered owner = arena.enter()) {
      return Var.constant(Tensor.of(backend, dtype, shape, values));
    }
  }

  /** All parameters, in the order of their creation. */
  public Collection<Parameter> all() {
    return Collections.unmodifiableCollection(byName.values());
  }

  /** The trained parameters, in the order of their creation. */
  public List<Parameter> trained() {
    return byName.values().stream().filter(Parameter::isTrained).toList();
  }

  /** The leaves of the trained parameters, in the order of their creation. */
  public List<Var> vars() {
    return trained().stream().map(Parameter::var).toList();
  }

  /** The leaves of the trained parameters whose names start with {@code prefix}. */
  public List<Var> vars(String prefix) {
    return trained().stream()
        .filter(parameter -> parameter.name().startsWith(prefix))
        .map(Parameter::var)
        .toList();
  }

  /**
   * Returns the parameter of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Parameter get(String name) {
    Parameter parameter = byName.get(name);
    if (parameter == null) {
      throw new IllegalArgumentException(
          "[parameters] there is no '" + name + "'; there are " + byName.keySet());
    }
    return parameter;
  }

  /** The networks that the parameters belong to, in the order of their creation. */
  public Set<String> networks() {
    Set<String> networks = new LinkedHashSet<>();
    byName.values().forEach(parameter -> networks.add(parameter.network()));
    return networks;
  }

  /** The kind of model. */
  public String owner() {
    return owner;
  }

  /** Number of scalars in all parameters. */
  public long count() {
    return byName.values().stream().mapToLong(p -> p.shape().count()).sum();
  }

  /** The backend that holds the parameters. */
  public Backend backend() {
    return backend;
  }

  /** Element type of the parameters. */
  public DType dtype() {
    return dtype;
  }

  @Override
  public void close() {
    arena.close();
  }
}
