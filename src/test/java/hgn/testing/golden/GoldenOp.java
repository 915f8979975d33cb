package hgn.testing.golden;

import static hgn.autograd.ops.Arithmetic.add;
import static hgn.autograd.ops.Arithmetic.addActivate;
import static hgn.autograd.ops.Arithmetic.affine;
import static hgn.autograd.ops.Arithmetic.mul;
import static hgn.autograd.ops.Arithmetic.scale;
import static hgn.autograd.ops.Arithmetic.sub;
import static hgn.autograd.ops.Convolution.conv2d;
import static hgn.autograd.ops.Convolution.conv2dInputGrad;
import static hgn.autograd.ops.Convolution.conv2dWeightGrad;
import static hgn.autograd.ops.Functions.exp;
import static hgn.autograd.ops.Functions.square;

import com.fasterxml.jackson.databind.JsonNode;
import hgn.autograd.Var;
import hgn.autograd.ops.Activations;
import hgn.autograd.ops.Layout;
import hgn.autograd.ops.LinearAlgebra;
import hgn.autograd.ops.Reductions;
import hgn.tensor.Activation;
import hgn.tensor.Conv2dGeometry;
import hgn.tensor.Shape;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The operation of an {@code ops_*} case, from its metadata, in the engine's layout. */
public final class GoldenOp {
  private static final Conv2dGeometry SAME = Conv2dGeometry.symmetric(1, 1);
  private static final Conv2dGeometry BARE = Conv2dGeometry.symmetric(1, 0);

  /** Where each of the references' axes (N,C,H,W) is in the engine's images. */
  private static final int[] AXIS = {0, 3, 1, 2};

  private final Golden golden;
  private final Map<String, Var> operands;

  private GoldenOp(Golden golden, Map<String, Var> operands) {
    this.golden = golden;
    this.operands = operands;
  }

  /** y = op(operands). */
  public static Var apply(Golden golden, Map<String, Var> operands) {
    return new GoldenOp(golden, operands).apply();
  }

  private Var x(String name) {
    Var operand = operands.get(name);
    if (operand == null) {
      throw new IllegalArgumentException(golden.name() + " has no operand '" + name + "'");
    }
    return operand;
  }

  private Var apply() {
    String op = golden.metadata("op");
    return switch (op) {
      case "add" -> add(x("a"), x("b"));
      case "mul" -> mul(x("a"), x("b"));
      case "matmul" -> LinearAlgebra.matmul(x("a"), x("b"));
      case "linear" -> add(LinearAlgebra.matmul(x("x"), x("weight")), x("bias"));
      case "exp" -> exp(x("x"));
      case "relu", "leaky_relu", "softplus", "sigmoid", "tanh" ->
          Activations.activate(Activation.valueOf(op.toUpperCase(Locale.ROOT)), x("x"));
      case "cat_channels" -> Layout.concat(List.copyOf(operands.values()), 3);
      case "slice_channels" -> slice();
      case "upsample_nearest2x" -> Layout.upsample2x(x("x"));
      case "sum" -> reduced();
      case "mean" -> {
        Var sum = reduced();
        yield scale(sum, (double) sum.shape().count() / x("x").shape().count());
      }
      case "mean(x*x)" -> Reductions.mean(square(x("x")));
      case "conv2d" ->
          conv2d(x("x"), x("weight"), operands.get("bias"), geometry(), Activation.IDENTITY);
      case "conv2d_input_grad" ->
          conv2dInputGrad(x("cot"), x("weight"), geometry(), input(x("weight").shape().dim(2)));
      case "conv2d_weight_grad" ->
          conv2dWeightGrad(x("x"), x("cot"), geometry(), weight(x("x"), x("cot")));
      case "composite" -> composite();
      default -> throw new IllegalArgumentException("no operation is called " + op);
    };
  }

  private Var slice() {
    int from = golden.attributes().get("from").asInt();
    return Layout.slice(x("x"), 3, from, golden.attributes().get("to").asInt() - from);
  }

  /** Sum over the axes that the attributes name, which are dropped. */
  private Var reduced() {
    JsonNode dims = golden.attributes().get("dims");
    Var x = x("x");
    if (dims.isTextual()) {
      return Reductions.sum(x);
    }
    Shape ones = x.shape();
    for (JsonNode dim : dims) {
      ones = ones.with(AXIS[dim.asInt()], 1);
    }
    return Layout.reshape(Reductions.sumTo(x, ones), golden.array("outputs/y").shape());
  }

  private Conv2dGeometry geometry() {
    JsonNode attributes = golden.attributes();
    JsonNode pad = attributes.get("pad");
    return new Conv2dGeometry(
        attributes.get("stride").get(0).asInt(),
        pad.get("top").asInt(),
        pad.get("bottom").asInt(),
        pad.get("left").asInt(),
        pad.get("right").asInt());
  }

  private Shape input(int channels) {
    JsonNode size = golden.attributes().get("input_size");
    int batch = x("cot").shape().dim(0);
    return Shape.of(batch, size.get(0).asInt(), size.get(1).asInt(), channels);
  }

  private Shape weight(Var x, Var cotangent) {
    JsonNode kernel = golden.attributes().get("kernel");
    return Shape.of(
        kernel.get(0).asInt(), kernel.get(1).asInt(), x.shape().dim(3), cotangent.shape().dim(3));
  }

  private Var composite() {
    String name = golden.name();
    if (name.contains("decoder_block")) {
      return decoderBlock();
    } else if (name.contains("hnn")) {
      return hamiltonian();
    } else if (name.contains("kld")) {
      return divergence();
    } else if (name.contains("mse")) {
      return Reductions.mean(square(sub(x("a"), x("b"))));
    } else if (name.contains("reparam")) {
      return add(x("mu"), mul(exp(scale(x("logvar"), 0.5)), x("eps")));
    }
    throw new IllegalArgumentException("unknown composite " + name);
  }

  private Var decoderBlock() {
    Activation leaky = Activation.LEAKY_RELU;
    Var x = Layout.upsample2x(x("x"));
    Var skip =
        golden.attributes().get("dim_match_conv").asBoolean()
            ? conv2d(x, x("w3"), x("b3"), BARE, Activation.IDENTITY)
            : x;
    Var hidden = conv2d(x, x("w1"), x("b1"), SAME, leaky);
    Var out = conv2d(hidden, x("w2"), x("b2"), SAME, leaky);
    return addActivate(out, skip, Activation.SIGMOID);
  }

  private Var hamiltonian() {
    Activation softplus = Activation.SOFTPLUS;
    Var x = Layout.concat(List.of(x("q"), x("p")), 3);
    x = conv2d(x, x("w0"), x("b0"), SAME, softplus);
    x = conv2d(x, x("w1"), x("b1"), Conv2dGeometry.after(1, 1), softplus);
    x = conv2d(x, x("w2"), x("b2"), BARE, softplus);
    int batch = x.shape().dim(0);
    return Layout.reshape(Reductions.sumTo(x, Shape.of(batch, 1, 1, 1)), Shape.of(batch));
  }

  private Var divergence() {
    Var mu = x("mu");
    Var logvar = x("logvar");
    Var terms = sub(sub(affine(logvar, 1, 1), square(mu)), exp(logvar));
    return scale(Reductions.sum(terms), -0.5 / mu.shape().dim(0));
  }
}
