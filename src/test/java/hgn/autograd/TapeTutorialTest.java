package hgn.autograd;

import static hgn.autograd.Edge.wrt;
import static hgn.autograd.ops.Arithmetic.add;
import static hgn.autograd.ops.Arithmetic.identity;
import static hgn.autograd.ops.Arithmetic.mul;
import static hgn.autograd.ops.Arithmetic.scale;
import static hgn.autograd.ops.Arithmetic.sub;
import static hgn.autograd.ops.Functions.sin;
import static hgn.autograd.ops.Functions.square;
import static hgn.autograd.ops.Reductions.sum;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.autograd.check.GradCheck;
import hgn.tensor.Arena;
import hgn.tensor.Backends;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The autograd in nine lessons, to be read from top to bottom. Only public methods are used. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TapeTutorialTest {
  /** Owns the memory of all tensors created while it is open, and frees it. */
  private Arena arena;

  @BeforeEach
  void open() {
    arena = Arena.open("tutorial");
  }

  @AfterEach
  void close() {
    arena.close();
  }

  /** Numbers on the plain Java backend, in float64. */
  private static Tensor tensor(double... values) {
    Shape shape = values.length == 1 ? Shape.SCALAR : Shape.of(values.length);
    return Tensor.of(Backends.get("jvm"), DType.FLOAT64, shape, values);
  }

  /** dy/dx, itself on the tape. */
  private static Var derivative(Var y, Var x) {
    return Gradients.of(y, List.of(x), true).get(0);
  }

  @Test
  @Order(1)
  void aLeafIsWhereTheTapeBegins() {
    Var x = Var.leaf(tensor(3));
    Var y = square(x);
    assertEquals(9, y.item());
    assertEquals("square", y.op(), "y knows what computed it");
    assertTrue(y.isDifferentiable());

    Var c = Var.constant(tensor(3));
    assertFalse(square(c).isDifferentiable(), "there is nothing to differentiate by");
    try (Tape.Mode off = Tape.pause()) {
      assertFalse(square(x).isDifferentiable(), "nobody wrote it down");
    }
  }

  @Test
  @Order(2)
  void aGradientGoesBackFromAScalarToTheLeaves() {
    Var a = Var.leaf(tensor(2, -1, 5));
    Var b = Var.leaf(tensor(10, 20, 30));
    Var y = sum(mul(square(a), b)); // y = sum of a^2 b

    List<Var> gradients = Gradients.of(y, List.of(a, b), false);

    assertArrayEquals(new double[] {40, -40, 300}, gradients.get(0).value().toDoubles(), "2 a b");
    assertArrayEquals(new double[] {4, 1, 25}, gradients.get(1).value().toDoubles(), "a^2");
  }

  @Test
  @Order(3)
  void aGradientIsOnTheTapeToo() {
    Var x = Var.leaf(tensor(2));
    Var y = mul(square(x), x); // x^3
    Var first = derivative(y, x);
    Var second = derivative(first, x);
    Var third = derivative(second, x);
    assertEquals(12, first.item(), "3 x^2");
    assertEquals(12, second.item(), "6 x");
    assertEquals(6, third.item());

    // unless recording is switched off: then memory is freed along the way
    Var last = Gradients.of(y, List.of(x), false).get(0);
    assertEquals(12, last.item());
    assertFalse(last.isDifferentiable());
  }

  @Test
  @Order(4)
  void aHessianIsMultipliedWithoutBeingBuilt() {
    Var x = Var.leaf(tensor(1, 2));
    Var v = Var.constant(tensor(1, 10));
    Var y = square(sum(square(x))); // |x|^4: the Hessian is 4 |x|^2 + 8 x x^T

    Var alongV = sum(mul(derivative(y, x), v)); // <dy/dx, v>

    // 4 * 5 v + 8 x (x . v), where x . v = 21
    assertArrayEquals(
        new double[] {20 + 168, 200 + 336}, derivative(alongV, x).value().toDoubles());
  }

  @Test
  @Order(5)
  void aDerivativeIsTotalUnlessTakenAtNodesOfTheirOwn() {
    Var q = Var.leaf(tensor(2));
    Var p = square(q); // p is computed from q, as in an integrator's step
    Var total = derivative(mul(q, p), q);
    assertEquals(12, total.item(), "d(q q^2)/dq = 3 q^2");

    // identity(q) has the value of q, and p does not depend on it
    Var here = identity(q);
    Var partial = derivative(mul(here, p), here);
    assertEquals(4, partial.item(), "dH/dq of H = q p is p");

    // and yet the result can be followed back to q: p = q^2, whose derivative is 2 q
    assertEquals(4, derivative(partial, q).item());
  }

  @Test
  @Order(6)
  void aLossOnForcesIsADoubleBackward() {
    // an energy with one weight, H = w q^2 / 2, shall learn the forces of a spring of stiffness 3
    Var w = Var.leaf(tensor(1));
    Var q = Var.leaf(tensor(1, -2));
    Var observed = Var.constant(tensor(-3, 6));

    Var energy = scale(sum(mul(w, square(q))), 0.5);
    Var force = scale(derivative(energy, q), -1); // first backward: F = -dH/dq = -w q
    Var loss = sum(square(sub(force, observed)));
    Var byWeight = derivative(loss, w); // second backward, through the first one

    assertEquals(20, loss.item(), "(3 - w)^2 (1 + 4)");
    assertEquals(-20, byWeight.item(), "-2 (3 - w) (1 + 4)");
  }

  /**
   * A custom op: y = x^3. The value may be computed by any means. The VJP x' = 3 g x^2 is written
   * in ops on variables, so second derivatives need no further code.
   */
  private static Var cube(Var x) {
    double[] values = x.value().toDoubles();
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.pow(values[i], 3);
    }
    return Tape.record("cube", tensor(values), wrt(x, (y, g) -> scale(mul(g, square(x)), 3)));
  }

  @Test
  @Order(7)
  void anOpOfOnesOwnIsAValueAndItsPullbacks() {
    Var x = Var.leaf(tensor(2));
    Var y = sin(cube(x)); // it composes with all other ops
    Var first = derivative(y, x);
    assertEquals(Math.cos(8) * 12, first.item(), 1e-12);
    assertEquals(-Math.sin(8) * 144 + Math.cos(8) * 12, derivative(first, x).item(), 1e-12);
  }

  @Test
  @Order(8)
  void gradCheckComparesWithDifferenceQuotients() {
    GradCheck.check("cube", xs -> cube(xs.get(0)), List.of(tensor(0.5, -1.5, 2)));
    // any composition can be checked, with respect to all its inputs
    GradCheck.check(
        "mixed",
        xs -> add(cube(xs.get(0)), mul(xs.get(0), xs.get(1))),
        List.of(tensor(0.5, -1.5), tensor(2, 3)));
  }

  @Test
  @Order(9)
  void gradCheckCatchesAWrongDerivative() {
    GradCheck.Function wrongFactor =
        xs -> {
          Var x = xs.get(0);
          return Tape.record("cube", cube(x).value(), wrt(x, (y, g) -> mul(g, square(x))));
        };
    assertTrue(mismatch(wrongFactor).startsWith("[planted] first derivative by input 0"));

    // its values are right but made of constants: the first derivative is correct, the second lost
    GradCheck.Function offTheTape =
        xs -> {
          Var x = xs.get(0);
          return Tape.record(
              "cube",
              cube(x).value(),
              wrt(x, (y, g) -> scale(mul(g, square(Var.constant(x.value()))), 3)));
        };
    assertTrue(mismatch(offTheTape).startsWith("[planted] second derivative by input 0"));
  }

  private static String mismatch(GradCheck.Function function) {
    return assertThrows(
            GradCheck.Mismatch.class,
            () -> GradCheck.check("planted", function, List.of(tensor(0.5, -1.5))))
        .getMessage();
  }
}
