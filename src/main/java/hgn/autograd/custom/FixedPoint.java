package hgn.autograd.custom;

import hgn.autograd.Edge;
import hgn.autograd.Gradients;
import hgn.autograd.Tape;
import hgn.autograd.Var;
import hgn.autograd.ops.Arithmetic;
import hgn.tensor.Arena;
import hgn.tensor.DType;
import hgn.tensor.Tensor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The solution of z = f(z), by iterating f, which must be a contraction.
 *
 * <p>Its derivatives of any order follow from the implicit function theorem, independently of the
 * iterations. With J = df/dz at the solution, dz = (1 - J)^-1 df/dx dx for every variable x that f
 * refers to. So the VJP is
 *
 * <pre>  u = g + J^T u,   x' = (df/dx)^T u,</pre>
 *
 * <p>whose first equation is again a fixed point. f is re-evaluated for it, so a solution keeps no
 * intermediate values in memory.
 */
public final class FixedPoint {
  /** System property that sets the maximum number of iterations of one equation. */
  public static final String SWITCH = "hgn.iterations";

  private static final int MOST = 100;

  private final UnaryOperator<Var> f;
  private final List<Var> inputs;
  private final Arena owner = Arena.current();
  private Var cotangent;
  private List<Var> gradients;

  private FixedPoint(UnaryOperator<Var> f, List<Var> inputs) {
    this.f = f;
    this.inputs = inputs;
  }

  /** The iterations did not converge. */
  public static final class Unsolved extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    private Unsolved(int iterations, double change, double tolerance) {
      this(
          "iteration "
              + iterations
              + " still moved the solution by "
              + change
              + ", more than "
              + tolerance
              + " of its size");
    }

    private Unsolved(String reason) {
      super(
          "[fixed point] "
              + reason
              + "; a map that contracts more is needed (a smaller dt),"
              + " or more iterations (-D"
              + SWITCH
              + "=N)");
      this.reason = reason;
    }

    /** Describes how far the iterations got. */
    public String reason() {
      return reason;
    }
  }

  /**
   * Solves z = f(z) to 1e-13 in float64 and 1e-6 in float32, relative to the largest element of z
   * if that exceeds 1.
   *
   * @param f a map to the shape of its argument; it may refer to other variables
   * @param start initial value of the iterations; no gradient flows to it
   * @throws Unsolved if they do not converge
   */
  public static Var solve(UnaryOperator<Var> f, Var start) {
    Tensor solution = iterate(f, start);
    if (!Tape.isRecording()) {
      return Var.constant(solution);
    }
    List<Var> inputs = inputs(f, solution);
    FixedPoint point = new FixedPoint(f, inputs);
    Edge[] edges = new Edge[inputs.size()];
    for (int i = 0; i < edges.length; i++) {
      int input = i;
      edges[i] = Edge.wrt(inputs.get(i), (z, g) -> point.byInput(input, z, g));
    }
    return Tape.record("fixed point", solution, edges);
  }

  private static Tensor iterate(UnaryOperator<Var> f, Var start) {
    int most = Integer.getInteger(SWITCH, MOST);
    double tolerance = start.dtype() == DType.FLOAT64 ? 1e-13 : 1e-6;
    try (Arena scratch = Arena.open("fixed point");
        Tape.Mode off = Tape.pause()) {
      Var z = start.detach();
      double[] values = z.value().toDoubles();
      for (int i = 1; ; i++) {
        z = f.apply(z);
        double[] next = z.value().toDoubles();
        double change = change(values, next);
        if (change <= tolerance) {
          scratch.keep(z.value());
          return z.value();
        }
        if (i >= most || !Double.isFinite(change)) {
          throw new Unsolved(i, change, tolerance);
        }
        values = next;
      }
    }
  }

  /** The largest change of an element, relative to the largest element if that exceeds 1. */
  private static double change(double[] from, double[] to) {
    double change = 0;
    double scale = 1;
    for (int i = 0; i < to.length; i++) {
      double by = Math.abs(to[i] - from[i]);
      if (!Double.isFinite(by)) {
        return by;
      }
      change = Math.max(change, by);
      scale = Math.max(scale, Math.abs(to[i]));
    }
    return change / scale;
  }

  /**
   * The variables that f refers to: those that its value depends on and that existed before it was
   * called.
   */
  private static List<Var> inputs(UnaryOperator<Var> f, Tensor at) {
    try (Arena scratch = Arena.open("fixed point")) {
      Var z = Var.leaf(at);
      List<Var> inputs = new ArrayList<>();
      Set<Var> seen = Collections.newSetFromMap(new IdentityHashMap<>());
      Deque<Var> open = new ArrayDeque<>(List.of(f.apply(z)));
      while (!open.isEmpty()) {
        for (Edge edge : open.pop().edges()) {
          Var input = edge.input();
          if (seen.add(input)) {
            (input.id() < z.id() ? inputs : open).add(input);
          }
        }
      }
      return inputs;
    }
  }

  private Var byInput(int index, Var z, Var g) {
    if (g != cotangent) { // otherwise computed for another input already
      gradients = Tape.isRecording() ? pull(Arithmetic.identity(z), g) : unrecorded(z, g);
      cotangent = g;
    }
    return gradients.get(index);
  }

  private List<Var> unrecorded(Var z, Var g) {
    try (Arena.Entered entered = owner.enter();
        Arena scratch = Arena.open("fixed point gradient")) {
      List<Var> all = pull(Var.leaf(z.value()), g);
      all.forEach(gradient -> scratch.keep(gradient.value()));
      return all;
    }
  }

  /** The gradients with respect to all inputs; f is differentiated at a node of its own. */
  private List<Var> pull(Var at, Var g) {
    Var value;
    try (Tape.Mode on = Tape.resume()) {
      value = f.apply(at);
    }
    Var u = solve(v -> Arithmetic.add(g, partials(value, v, List.of(at)).get(0)), g);
    List<Var> xs = new ArrayList<>(inputs);
    xs.add(at);
    return partials(value, u, xs).subList(0, inputs.size());
  }

  private static List<Var> partials(Var y, Var u, List<Var> xs) {
    return Gradients.partials(y, u, xs, Tape.isRecording());
  }
}
