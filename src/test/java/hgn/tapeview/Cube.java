package hgn.tapeview;

import static hgn.autograd.ops.Arithmetic.mul;
import static hgn.autograd.ops.Functions.square;

import hgn.autograd.Gradients;
import hgn.autograd.Var;
import hgn.tensor.Arena;
import hgn.tensor.Backends;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import java.util.List;

/**
 * The tape of y = x^2 x and of its derivatives, small enough to write down.
 *
 * <p>Values: square, mul. The first backward, with y' = 1, visits mul, which records (1) mul of 1
 * and x, and (2) mul of 1 and the square; then through square: (3) mul of (1) and x, (4) affine,
 * twice that, (5) add of (2) and (4). The second goes back through (5) and (4), where all is
 * constant; through (3): mul of 2 and x, mul of 2 and (1); through (1): mul, add; and through the
 * square: mul, affine, add.
 */
final class Cube {
  static final int VALUES = 2;
  static final int FIRST = 5;
  static final int SECOND = 7;

  private Cube() {}

  static TapeGraph tape() {
    try (Arena arena = Arena.open("cube");
        TapeRecorder recorder = new TapeRecorder()) {
      Var x = Var.leaf(Tensor.of(Backends.get("jvm"), DType.FLOAT64, Shape.SCALAR, 2));
      recorder.name(x, "x");
      Var y = mul(square(x), x);
      recorder.name(y, "y");
      Var first = Gradients.of(y, List.of(x), true).get(0);
      Var second = Gradients.of(first, List.of(x), true).get(0);
      if (first.item() != 12 || second.item() != 12) {
        throw new AssertionError("3 x^2 and 6 x: " + first.item() + ", " + second.item());
      }
      return recorder.graph("the \"cube\" & its <gradients>");
    }
  }
}
