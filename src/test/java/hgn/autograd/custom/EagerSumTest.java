package hgn.autograd.custom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.autograd.Gradients;
import hgn.autograd.Tape;
import hgn.autograd.Var;
import hgn.autograd.ops.Arithmetic;
import hgn.autograd.ops.Functions;
import hgn.autograd.ops.Reductions;
import hgn.tensor.Arena;
import hgn.tensor.Backends;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A sum that is differentiated term by term, compared with the plain one. */
class EagerSumTest {
  private Arena arena;

  @BeforeEach
  void open() {
    arena = Arena.open("test");
  }

  @AfterEach
  void close() {
    arena.close();
  }

  private static Var leaf(double... values) {
    return Var.leaf(Tensor.of(Backends.get("jvm"), DType.FLOAT64, Shape.of(values.length), values));
  }

  /** sum of sin(w x^2). */
  private static Var term(Var w, Var x) {
    return Reductions.sum(Functions.sin(Arithmetic.mul(w, Functions.square(x))));
  }

  private static Var eager(Var w, Var... xs) {
    EagerSum sum = new EagerSum("terms", List.of(w));
    for (Var x : xs) {
      sum.add(List.of(x), in -> term(w, in.get(0)));
    }
    return sum.total();
  }

  @Test
  void valueAndGradientAreThoseOfThePlainSum() {
    Var w = leaf(0.3, -0.7);
    Var a = leaf(1, 2);
    Var root = leaf(0.5, 0.1);
    Var b = Functions.exp(root); // itself computed by an operation
    Var plain = Arithmetic.add(term(w, a), term(w, b));
    Var eager = eager(w, a, b);
    assertEquals(plain.item(), eager.item(), 1e-15);
    List<Var> xs = List.of(w, a, root);
    List<Var> expected = Gradients.of(Arithmetic.scale(plain, 3), xs, false);
    List<Var> actual = Gradients.of(Arithmetic.scale(eager, 3), xs, false);
    for (int i = 0; i < xs.size(); i++) {
      assertArrayEquals(
          expected.get(i).value().toDoubles(), actual.get(i).value().toDoubles(), 1e-14);
    }
  }

  @Test
  void onlyTheSumAndItsGradientsStay() {
    Var w = leaf(0.3, -0.7);
    Var a = leaf(1, 2);
    Var b = leaf(3, 4);
    int before = arena.size();
    eager(w, a, b);
    assertEquals(before + 4, arena.size(), "the sum, and gradients by w, a and b");
  }

  @Test
  void aSecondDerivativeIsRefusedByName() {
    Var w = leaf(0.3, -0.7);
    Var a = leaf(1, 2);
    Var sum = eager(w, a);
    String message =
        assertThrows(UnsupportedOperationException.class, () -> Gradients.of(sum, List.of(a), true))
            .getMessage();
    assertTrue(message.startsWith("[terms]"), message);
  }

  @Test
  void withoutRecordingOrLeavesOnlyTheValueIsComputed() {
    Var w = leaf(0.3, -0.7);
    Var a = leaf(1, 2);
    try (Tape.Mode off = Tape.pause()) {
      assertFalse(eager(w, a).isDifferentiable());
    }
    Var sum = eager(w, a.detach());
    assertTrue(Gradients.of(sum, List.of(w), false).get(0).value().toDoubles()[0] != 0);
    assertThrows(IllegalStateException.class, () -> new EagerSum("none", List.of()).total());
  }
}
