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
import java.util.List;
import java.util.Map;

/** Owns a model's parameters, in the order of their creation, and frees them when closed. */
public final class Parameters implements AutoCloseable {
  private final Backend backend;
  private final DType dtype;
  private final Arena arena = new Arena("parameters");
  private final Map<String, Parameter> byName = new LinkedHashMap<>();

  /** An empty collection of parameters on a backend, in a dtype. */
  public Parameters(Backend backend, DType dtype) {
    this.backend = backend;
    this.dtype = dtype;
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
      Parameter parameter = new Parameter(name, value, Var.leaf(value));
      byName.put(name, parameter);
      return parameter;
    }
  }

  /** A constant that lives as long as the parameters, and is none of them. */
  public Var constant(Shape shape, double[] values) {
    try (Arena.Entered owner = arena.enter()) {
      return Var.constant(Tensor.of(backend, dtype, shape, values));
    }
  }

  /** All parameters, in the order of their creation. */
  public Collection<Parameter> all() {
    return Collections.unmodifiableCollection(byName.values());
  }

  /** The parameters' leaves, in the order of their creation. */
  public List<Var> vars() {
    return byName.values().stream().map(Parameter::var).toList();
  }

  /** The leaves of the parameters whose names start with {@code prefix}. */
  public List<Var> vars(String prefix) {
    return byName.values().stream()
        .filter(parameter -> parameter.name().startsWith(prefix))
        .map(Parameter::var)
        .toList();
  }

  /**
   * The parameter of that name.
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

  /** Number of scalars in all parameters. */
  public long count() {
    return byName.values().stream().mapToLong(p -> p.shape().count()).sum();
  }

  /** Where the parameters lie. */
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
