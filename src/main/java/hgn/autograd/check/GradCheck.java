package hgn.autograd.check;

import hgn.autograd.Gradients;
import hgn.autograd.Var;
import hgn.autograd.ops.Arithmetic;
import hgn.autograd.ops.Reductions;
import hgn.random.Philox;
import hgn.tensor.Arena;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares derivatives with central differences, in float64.
 *
 * <p>First order: for random weights u and S = &lt;f(x), u&gt;, the gradient along a random
 * direction v of each input in turn against (S(x + hv) - S(x - hv)) / 2h. Second order: the same
 * for S' = sum over the inputs of &lt;dS/dx, v'&gt;, whose gradient with respect to the inputs and
 * to u needs every derivative of the pullbacks themselves. A random direction misses a wrong entry
 * with probability zero.
 */
public final class GradCheck {
  /** Largest accepted difference, relative to the larger of 1 and the values compared. */
  public static final double TOLERANCE = 1e-7;

  private static final double STEP = 1e-5;
  private static final int DIRECTIONS = 2;

  private final String name;
  private final Function function;
  private final List<Tensor> at;
  private long stream;

  private GradCheck(String name, Function function, List<Tensor> at) {
    this.name = name;
    this.function = function;
    this.at = at;
  }

  /** The function to check: any composition of operations. */
  @FunctionalInterface
  public interface Function {
    /** The result, of any shape. */
    Var apply(List<Var> xs);
  }

  /** A derivative that disagrees with its difference quotient. */
  public static final class Mismatch extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Mismatch(String message) {
      super(message);
    }
  }

  /**
   * Checks first and second derivatives of {@code function}.
   *
   * @param name for the message
   * @param at the inputs; float64, away from kinks
   * @throws Mismatch if a derivative is wrong, naming the order and the input
   */
  public static void check(String name, Function function, List<Tensor> at) {
    for (Tensor x : at) {
      if (x.dtype() != DType.FLOAT64) {
        throw new IllegalArgumentException(
            "[gradcheck] " + name + " needs float64 inputs, got " + x + "; use the jvm backend");
      }
    }
    try (Arena arena = Arena.open("gradcheck")) {
      new GradCheck(name, function, at).run();
    }
  }

  private void run() {
    List<Var> xs = leaves(at);
    Tensor u = random(function.apply(xs).shape());
    compare("first", at, inputs -> weighted(function.apply(inputs), Var.constant(u)));

    List<Tensor> directions = new ArrayList<>();
    at.forEach(x -> directions.add(random(x.shape())));
    List<Tensor> withU = new ArrayList<>(at);
    withU.add(u);
    compare("second", withU, inputs -> slope(inputs, directions));
  }

  /** S' = sum over the inputs x of &lt;dS/dx, v&gt;, where the last input is u. */
  private Var slope(List<Var> inputs, List<Tensor> directions) {
    List<Var> xs = new ArrayList<>();
    for (Var x : inputs.subList(0, inputs.size() - 1)) {
      xs.add(x.isDifferentiable() ? x : Var.leaf(x.value()));
    }
    Var s = weighted(function.apply(xs), inputs.get(inputs.size() - 1));
    List<Var> gradients = Gradients.orZero(s, xs, true);
    Var total = null;
    for (int i = 0; i < gradients.size(); i++) {
      Var term = weighted(gradients.get(i), Var.constant(directions.get(i)));
      total = total == null ? term : Arithmetic.add(total, term);
    }
    return total;
  }

  private void compare(String order, List<Tensor> points, Function scalar) {
    List<Var> xs = leaves(points);
    List<Var> gradients = Gradients.orZero(scalar.apply(xs), xs, false);
    for (int i = 0; i < points.size(); i++) {
      for (int k = 0; k < DIRECTIONS; k++) {
        Tensor v = random(points.get(i).shape());
        double analytic = weighted(gradients.get(i), Var.constant(v)).item();
        double numeric = quotient(points, i, v, scalar);
        double scale = Math.max(1, Math.max(Math.abs(analytic), Math.abs(numeric)));
        if (!(Math.abs(analytic - numeric) <= TOLERANCE * scale)) {
          throw new Mismatch(
              String.format(
                  java.util.Locale.ROOT,
                  "[%s] %s derivative by input %d: pullback says %.9g, difference quotient %.9g",
                  name,
                  order,
                  i,
                  analytic,
                  numeric));
        }
      }
    }
  }

  private double quotient(List<Tensor> points, int input, Tensor v, Function scalar) {
    return (shifted(points, input, v, STEP, scalar) - shifted(points, input, v, -STEP, scalar))
        / (2 * STEP);
  }

  private static double shifted(
      List<Tensor> points, int input, Tensor v, double h, Function scalar) {
    List<Var> moved = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      Var x = Var.constant(points.get(i));
      moved.add(i == input ? Arithmetic.add(x, Arithmetic.scale(Var.constant(v), h)) : x);
    }
    return scalar.apply(moved).item();
  }

  private static Var weighted(Var x, Var weights) {
    return Reductions.sum(Arithmetic.mul(x, weights));
  }

  private static List<Var> leaves(List<Tensor> values) {
    return new ArrayList<>(values.stream().map(Var::leaf).toList());
  }

  private Tensor random(Shape shape) {
    double[] values = new double[Math.toIntExact(shape.count())];
    Philox.normal(name.hashCode(), stream++, values);
    return Tensor.of(at.get(0).backend(), DType.FLOAT64, shape, values);
  }
}
