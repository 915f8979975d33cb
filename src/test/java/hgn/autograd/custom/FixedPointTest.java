package hgn.autograd.custom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.autograd.Gradients;
import hgn.autograd.Tape;
import hgn.autograd.Var;
import hgn.autograd.check.GradCheck;
import hgn.autograd.ops.Arithmetic;
import hgn.autograd.ops.Functions;
import hgn.autograd.ops.Reductions;
import hgn.tensor.Arena;
import hgn.tensor.Backends;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Solutions of z = f(z) and their derivatives. */
class FixedPointTest {
  private static Tensor tensor(double... values) {
    return Tensor.of(Backends.get("jvm"), DType.FLOAT64, Shape.of(values.length), values);
  }

  /** z = a cos z + b. */
  private static Var solved(Var a, Var b) {
    return FixedPoint.solve(
        z -> Arithmetic.add(Arithmetic.mul(a, Functions.cos(z)), b), Var.constant(tensor(0, 0)));
  }

  @Test
  void theSolutionSolvesTheEquation() {
    try (Arena arena = Arena.open("test");
        Tape.Mode off = Tape.pause()) {
      int before = arena.size();
      double[] z =
          solved(Var.constant(tensor(0.5)), Var.constant(tensor(0.1, -0.3))).value().toDoubles();
      assertEquals(0.5 * Math.cos(z[0]) + 0.1, z[0], 1e-13);
      assertEquals(0.5 * Math.cos(z[1]) - 0.3, z[1], 1e-13);
      assertEquals(before + 4, arena.size(), "three inputs and the solution");
    }
  }

  @Test
  void itIsDifferentiableTwice() {
    try (Arena arena = Arena.open("test")) {
      GradCheck.Function function = x -> Functions.square(solved(x.get(0), x.get(1)));
      GradCheck.check("fixed point", function, List.of(tensor(0.5), tensor(0.1, -0.3)));
    }
  }

  @Test
  void aThirdDerivativeIsThatOfADifferenceQuotient() {
    try (Arena arena = Arena.open("test")) {
      double h = 1e-5;
      double quotient = (second(0.5 + h) - second(0.5 - h)) / (2 * h);
      assertEquals(quotient, third(0.5), 1e-7 * Math.abs(quotient));
    }
  }

  private static Var derivative(Var y, Var x) {
    return Gradients.of(Reductions.sum(y), List.of(x), true).get(0);
  }

  private static double second(double at) {
    Var a = Var.leaf(tensor(at));
    return derivative(derivative(solved(a, Var.constant(tensor(0.1, -0.3))), a), a).item();
  }

  private static double third(double at) {
    Var a = Var.leaf(tensor(at));
    Var y = solved(a, Var.constant(tensor(0.1, -0.3)));
    return derivative(derivative(derivative(y, a), a), a).item();
  }

  @Test
  void inputsThatDependOnOneAnotherAreNotCountedTwice() {
    try (Arena arena = Arena.open("test")) {
      GradCheck.Function function = x -> solved(x.get(0), Functions.square(x.get(0)));
      GradCheck.check("fixed point", function, List.of(tensor(0.3, 0.5)));
    }
  }

  @Test
  void aMapThatDoesNotContractIsExplained() {
    try (Arena arena = Arena.open("test")) {
      Var start = Var.leaf(tensor(1));
      String slow =
          assertThrows(
                  FixedPoint.Unsolved.class,
                  () -> FixedPoint.solve(z -> Arithmetic.affine(z, -1, 1.5), start))
              .getMessage();
      assertTrue(
          slow.contains("iteration 100") && slow.contains("by 0.5, more than 1.0E-13"), slow);
      assertTrue(slow.contains("-D" + FixedPoint.SWITCH), slow);
      String overflow =
          assertThrows(FixedPoint.Unsolved.class, () -> FixedPoint.solve(Functions::exp, start))
              .getMessage();
      assertFalse(overflow.contains("iteration 100"), overflow);
    }
  }

  @Test
  void theSwitchAllowsMoreIterations() {
    try (Arena arena = Arena.open("test")) {
      assertThrows(
          FixedPoint.Unsolved.class,
          () -> FixedPoint.solve(z -> Arithmetic.affine(z, 0.9, 0.1), Var.constant(tensor(9))));
      System.setProperty(FixedPoint.SWITCH, "1000");
      try {
        Var z = FixedPoint.solve(x -> Arithmetic.affine(x, 0.9, 0.1), Var.constant(tensor(9)));
        assertEquals(1, z.item(), 1e-11);
      } finally {
        System.clearProperty(FixedPoint.SWITCH);
      }
    }
  }
}
