package hgn.autograd;

import hgn.tensor.Backend;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A tensor together with how it was computed.
 *
 * <p>Identifiers increase in order of creation, so sorting by them is a topological order, and a
 * variable older than x cannot depend on x.
 */
public final class Var {
  private static final AtomicLong CREATED = new AtomicLong();
  private static final Edge[] NO_EDGES = {};

  private final long id = CREATED.incrementAndGet();
  private final String op;
  private final Tensor value;
  private final Shape shape;
  private final DType dtype;
  private final Backend backend;
  private final Edge[] edges;
  private final boolean differentiable;

  private Var(String op, Tensor value, Tensor like, Shape shape, Edge[] edges, boolean leaf) {
    this.op = op;
    this.value = value;
    this.shape = shape;
    this.dtype = like.dtype();
    this.backend = like.backend();
    this.edges = edges;
    this.differentiable = leaf || edges.length > 0;
  }

  /** Returns a variable that gradients can be taken with respect to. */
  public static Var leaf(Tensor value) {
    return new Var("leaf", value, value, value.shape(), NO_EDGES, true);
  }

  /** Returns a value that no gradient flows to. */
  public static Var constant(Tensor value) {
    return new Var("constant", value, value, value.shape(), NO_EDGES, false);
  }

  static Var computed(String op, Tensor value, Edge[] edges) {
    return new Var(op, value, value, value.shape(), edges, false);
  }

  static Var fusedAway(String op, Tensor like, Edge[] edges) {
    return new Var(op, null, like, like.shape(), edges, false);
  }

  /**
   * The tensor.
   *
   * @throws IllegalStateException if it is not stored because it was fused with the next operation
   */
  public Tensor value() {
    if (value == null) {
      throw new IllegalStateException(
          "[" + op + "] the value was fused into the operation that follows and is not stored");
    }
    return value;
  }

  /** Dimensions of the value. */
  public Shape shape() {
    return shape;
  }

  /** Element type of the value. */
  public DType dtype() {
    return dtype;
  }

  /** Backend of the value. */
  public Backend backend() {
    return backend;
  }

  /** Name of the operation that computed this; {@code leaf} or {@code constant} if none did. */
  public String op() {
    return op;
  }

  /**
   * Whether gradients flow to this variable: it is a leaf, or was computed from one while
   * recording.
   */
  public boolean isDifferentiable() {
    return differentiable;
  }

  /** The differentiable variables that this was computed from; one used twice is listed twice. */
  public List<Var> inputs() {
    return Arrays.stream(edges).map(Edge::input).toList();
  }

  /** Whether the value is stored; it is not if it was fused with the next operation. */
  public boolean isStored() {
    return value != null;
  }

  /** The same value, through which no gradient flows. */
  public Var detach() {
    return constant(value());
  }

  /** The only element of the value. */
  public double item() {
    return value().item();
  }

  public long id() {
    return id;
  }

  public Edge[] edges() {
    return edges;
  }

  @Override
  public String toString() {
    return op + "#" + id + " " + shape + " " + dtype + " on " + backend.name();
  }
}
