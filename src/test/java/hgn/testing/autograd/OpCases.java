package hgn.testing.autograd;

import static hgn.autograd.ops.Activations.activate;
import static hgn.autograd.ops.Activations.activationGrad;

import hgn.autograd.OpGradCheckTest;
import hgn.autograd.Var;
import hgn.autograd.check.GradCheck;
import hgn.autograd.ops.Arithmetic;
import hgn.autograd.ops.Convolution;
import hgn.autograd.ops.Functions;
import hgn.autograd.ops.Layout;
import hgn.autograd.ops.LinearAlgebra;
import hgn.autograd.ops.Reductions;
import hgn.autograd.ops.UpsampledConvolution;
import hgn.random.Philox;
import hgn.tensor.Activation;
import hgn.tensor.Conv2dGeometry;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One or more gradient-check cases for every public operation. A case is found by the operation's
 * method name, so that an operation without one fails {@link OpGradCheckTest}.
 */
public final class OpCases {
  /**
   * One case.
   *
   * @param op the operation's method name
   * @param label distinguishes the case from others of that operation
   * @param shapes shapes of the inputs
   * @param positive whether the inputs must be above zero
   */
  public record Case(
      String op, String label, List<Shape> shapes, boolean positive, GradCheck.Function function) {
    /** Random inputs, at least 0.2 from zero, where some operations have a kink or a pole. */
    public List<Tensor> inputs() {
      List<Tensor> inputs = new ArrayList<>();
      for (int i = 0; i < shapes.size(); i++) {
        double[] values = new double[(int) shapes.get(i).count()];
        Philox.normal(17, i, values);
        for (int k = 0; k < values.length; k++) {
          double away = 0.2 + Math.abs(values[k]);
          values[k] = positive || values[k] > 0 ? away : -away;
        }
        inputs.add(Tensor.of(hgn.tensor.Backends.get("jvm"), DType.FLOAT64, shapes.get(i), values));
      }
      return inputs;
    }

    @Override
    public String toString() {
      return op + " " + label;
    }
  }

  private final List<Case> cases = new ArrayList<>();

  private OpCases() {}

  public static List<Case> all() {
    OpCases table = new OpCases();
    table.arithmetic();
    table.functions();
    table.activations();
    table.reductions();
    table.products();
    table.convolutions();
    table.upsampledConvolutions();
    table.layout();
    return table.cases;
  }

  private void add(String op, String label, GradCheck.Function function, Shape... shapes) {
    cases.add(new Case(op, label, List.of(shapes), false, function));
  }

  private void addPositive(String op, GradCheck.Function function, Shape... shapes) {
    cases.add(new Case(op, "", List.of(shapes), true, function));
  }

  private void arithmetic() {
    Shape full = Shape.of(3, 1, 4);
    Shape row = Shape.of(2, 4);
    add("add", "broadcast", x -> Arithmetic.add(x.get(0), x.get(1)), full, row);
    add("sub", "broadcast", x -> Arithmetic.sub(x.get(0), x.get(1)), full, row);
    add("mul", "broadcast", x -> Arithmetic.mul(x.get(0), x.get(1)), full, row);
    add("mul", "scalar", x -> Arithmetic.mul(x.get(0), x.get(1)), Shape.SCALAR, full);
    add(
        "mul",
        "of outer axes",
        x -> Arithmetic.mul(x.get(0), x.get(1)),
        full,
        Shape.of(2, 1, 1, 4));
    add("mul", "with itself", x -> Arithmetic.mul(x.get(0), x.get(0)), full);
    add("div", "broadcast", x -> Arithmetic.div(x.get(0), x.get(1)), full, row);
    add("atan2", "broadcast", x -> Arithmetic.atan2(x.get(0), x.get(1)), full, row);
    add("affine", "", x -> Arithmetic.affine(x.get(0), 1.5, -2), full);
    add("scale", "of a square", x -> Arithmetic.scale(Functions.square(x.get(0)), 3), full);
    add("neg", "", x -> Arithmetic.neg(x.get(0)), full);
    add("identity", "", x -> Arithmetic.identity(x.get(0)), full);
    for (Activation f : Activation.values()) {
      add("addActivate", name(f), x -> Arithmetic.addActivate(x.get(0), x.get(1), f), row, row);
    }
  }

  private void functions() {
    Shape shape = Shape.of(2, 3);
    add("exp", "", x -> Functions.exp(x.get(0)), shape);
    addPositive("log", x -> Functions.log(x.get(0)), shape);
    addPositive("sqrt", x -> Functions.sqrt(x.get(0)), shape);
    add("square", "", x -> Functions.square(x.get(0)), shape);
    addPositive("reciprocal", x -> Functions.reciprocal(x.get(0)), shape);
    add("sin", "", x -> Functions.sin(x.get(0)), shape);
    add("cos", "", x -> Functions.cos(x.get(0)), shape);
  }

  private void activations() {
    Shape shape = Shape.of(3, 4);
    for (Activation f : Activation.values()) {
      add("activate", name(f), x -> activate(f, x.get(0)), shape);
      add("activationGrad", name(f), x -> activationGrad(f, x.get(0), x.get(1)), shape, shape);
    }
  }

  private void reductions() {
    Shape shape = Shape.of(2, 3, 4);
    Shape middle = Shape.of(2, 1, 4);
    add("sumTo", "middle axis", x -> Reductions.sumTo(x.get(0), middle), shape);
    add("sumTo", "leading axes", x -> Reductions.sumTo(x.get(0), Shape.of(4)), shape);
    add("broadcastTo", "", x -> Reductions.broadcastTo(x.get(0), shape), middle);
    add(
        "sumProducts",
        "over a broadcast axis",
        x -> Reductions.sumProducts(x.get(0), x.get(1), Shape.of(2, 3, 1)),
        shape,
        middle);
    add(
        "sumProducts",
        "with fewer axes",
        x -> Reductions.sumProducts(x.get(0), x.get(1), Shape.of(3, 1)),
        shape,
        Shape.of(4));
    add("sumOfSquares", "", x -> Reductions.sumOfSquares(x.get(0)), shape);
    add("sum", "of a square", x -> Reductions.sum(Functions.square(x.get(0))), shape);
    add("mean", "of a square", x -> Reductions.mean(Functions.square(x.get(0))), shape);
  }

  private void products() {
    for (boolean ta : new boolean[] {false, true}) {
      for (boolean tb : new boolean[] {false, true}) {
        add(
            "matmul",
            (ta ? "T" : "N") + (tb ? "T" : "N"),
            x -> LinearAlgebra.matmul(x.get(0), ta, x.get(1), tb),
            ta ? Shape.of(5, 3) : Shape.of(3, 5),
            tb ? Shape.of(2, 5) : Shape.of(5, 2));
      }
    }
    add(
        "matmul",
        "plain",
        x -> LinearAlgebra.matmul(x.get(0), x.get(1)),
        Shape.of(3, 4),
        Shape.of(4, 2));
  }

  private void convolutions() {
    convolution("1x1", Shape.of(2, 3, 2, 3), Shape.of(1, 1, 3, 2), Conv2dGeometry.symmetric(1, 0));
    convolution("3x3", Shape.of(2, 4, 3, 2), Shape.of(3, 3, 2, 3), Conv2dGeometry.symmetric(1, 1));
    convolution(
        "3x3 stride 2", Shape.of(1, 5, 6, 2), Shape.of(3, 3, 2, 2), Conv2dGeometry.symmetric(2, 1));
    convolution(
        "2x2 stride 2", Shape.of(2, 5, 4, 2), Shape.of(2, 2, 2, 3), Conv2dGeometry.symmetric(2, 0));
    convolution(
        "2x2 padded after", Shape.of(2, 2, 3, 2), Shape.of(2, 2, 2, 2), Conv2dGeometry.after(1, 1));
    for (Activation f : Activation.values()) {
      add(
          "conv2d",
          "fused with " + name(f),
          x -> Convolution.conv2d(x.get(0), x.get(1), x.get(2), Conv2dGeometry.symmetric(1, 1), f),
          Shape.of(1, 3, 3, 2),
          Shape.of(3, 3, 2, 2),
          Shape.of(2));
    }
  }

  private void upsampledConvolutions() {
    Shape image = Shape.of(2, 2, 3, 2);
    Shape weight = Shape.of(3, 3, 2, 3);
    add(
        "upsampledConv2d",
        "",
        x -> upsampled(x.get(0), x.get(1), null, Activation.IDENTITY),
        image,
        weight);
    for (Activation f : Activation.values()) {
      add(
          "upsampledConv2d",
          "fused with " + name(f),
          x -> upsampled(x.get(0), x.get(1), x.get(2), f),
          image,
          weight,
          Shape.of(3));
    }
  }

  private static Var upsampled(Var x, Var w, Var bias, Activation f) {
    double[] values = UpsampledConvolution.spreadValues();
    Var spread =
        Var.constant(Tensor.of(x.backend(), x.dtype(), UpsampledConvolution.SPREAD, values));
    return UpsampledConvolution.upsampledConv2d(x, w, bias, f, spread);
  }

  private void convolution(String label, Shape x, Shape w, Conv2dGeometry geometry) {
    Shape y = hgn.tensor.ConvShapes.output(x, w, geometry);
    add(
        "conv2d",
        label,
        v -> Convolution.conv2d(v.get(0), v.get(1), null, geometry, Activation.IDENTITY),
        x,
        w);
    add(
        "conv2dInputGrad",
        label,
        v -> Convolution.conv2dInputGrad(v.get(0), v.get(1), geometry, x),
        y,
        w);
    add(
        "conv2dWeightGrad",
        label,
        v -> Convolution.conv2dWeightGrad(v.get(0), v.get(1), geometry, w),
        x,
        y);
  }

  private void layout() {
    Shape image = Shape.of(2, 2, 4, 3);
    add("reshape", "", x -> Layout.reshape(x.get(0), Shape.of(6, 8)), image);
    add("slice", "channels", x -> Layout.slice(x.get(0), -1, 1, 2), image);
    add("slice", "rows", x -> Layout.slice(x.get(0), 1, 0, 1), image);
    add("pad", "", x -> Layout.pad(x.get(0), 2, 3, 9), image);
    add("concat", "channels", x -> Layout.concat(List.of(x.get(0), x.get(1)), 3), image, image);
    add("concat", "with itself", x -> Layout.concat(List.of(x.get(0), x.get(0)), 0), image);
    add("rows", "", x -> Layout.rows(x.get(0), 1, 2), Shape.of(4, 3));
    add("gatherRows", "", x -> Layout.gatherRows(x.get(0), twice(x.get(0))), Shape.of(3, 5));
    add("scatterRows", "", x -> Layout.scatterRows(x.get(0), twice(x.get(0)), 5), Shape.of(4, 3));
    add("transpose", "", x -> Layout.transpose(x.get(0)), Shape.of(2, 3, 4));
    add("transpose", "of runs", x -> Layout.transpose(x.get(0)), Shape.of(2, 3, 4, 2));
    add("upsample2x", "", x -> Layout.upsample2x(x.get(0)), image);
    for (Activation f : Activation.values()) {
      add(
          "addUpsampled",
          name(f),
          x -> Arithmetic.addUpsampled(Layout.upsample2x(x.get(0)), x.get(1), f),
          image,
          image);
    }
    add("upsample2xGrad", "", x -> Layout.upsample2xGrad(x.get(0)), image);
  }

  /** Row indices, one of them twice. */
  private static Tensor twice(Var x) {
    return Tensor.of(x.backend(), x.dtype(), Shape.of(4), 2, 0, 2, 1);
  }

  private static String name(Activation f) {
    return f.name().toLowerCase(Locale.ROOT);
  }
}
