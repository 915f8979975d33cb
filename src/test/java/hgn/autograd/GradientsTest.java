package hgn.autograd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.autograd.ops.Arithmetic;
import hgn.autograd.ops.Functions;
import hgn.autograd.ops.Layout;
import hgn.autograd.ops.Reductions;
import hgn.tensor.Activation;
import hgn.tensor.Arena;
import hgn.tensor.Backend;
import hgn.tensor.Backends;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the backward pass visits, returns, frees and refuses. */
class GradientsTest {
  private static final Backend JVM = Backends.get("jvm");
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
    return Var.leaf(Tensor.of(JVM, DType.FLOAT64, Shape.of(values.length), values));
  }

  @Test
  void aVariableUsedTwiceGetsBothContributions() {
    Var x = leaf(3, -1);
    Var y = Reductions.sum(Arithmetic.add(Arithmetic.mul(x, x), x));
    assertArrayEquals(
        new double[] {7, -1}, Gradients.of(y, List.of(x), false).get(0).value().toDoubles());
  }

  @Test
  void cotangentsThatShareMemoryAreNotAddedInPlace() {
    // add passes the same cotangent to both operands, and reshape a view of it
    Var x = leaf(1, 2);
    Var sum = Arithmetic.add(x, Layout.reshape(Layout.reshape(x, Shape.of(2, 1)), Shape.of(2)));
    Var y = Reductions.sum(Arithmetic.add(Functions.square(sum), Arithmetic.add(sum, x)));
    // y = sum (2x)^2 + 2x + x
    assertArrayEquals(
        new double[] {8 + 3, 16 + 3},
        Gradients.of(y, List.of(x), false).get(0).value().toDoubles());
  }

  @Test
  void onlyTheResultsStayInTheArena() {
    Var x = leaf(1, 2, 3);
    Var y = Reductions.sum(Functions.exp(Functions.sin(Functions.square(x))));
    int before = arena.size();
    long bytes = JVM.pool().liveBytes();
    Var gradient = Gradients.of(y, List.of(x), false).get(0);
    assertEquals(before + 2, arena.size(), "the gradient and the seed");
    assertFalse(gradient.value().isFreed());
    assertTrue(JVM.pool().liveBytes() - bytes <= 2 * 256);
    assertFalse(gradient.isDifferentiable());
  }

  @Test
  void aGradientOfTheOutputItselfIsOne() {
    Var x = Var.leaf(Tensor.of(JVM, DType.FLOAT64, Shape.SCALAR, 5));
    assertEquals(1, Gradients.of(x, List.of(x), false).get(0).item());
  }

  @Test
  void anIntermediateVariableGivesAPartialOrATotalDerivative() {
    Var q = leaf(2);
    Var p = Functions.square(q);
    Var total = Reductions.sum(Arithmetic.mul(q, p));
    assertEquals(12, Gradients.of(total, List.of(q), false).get(0).item(), "q^3");

    Var qHere = Arithmetic.identity(q);
    Var partial = Reductions.sum(Arithmetic.mul(qHere, p));
    assertEquals(4, Gradients.of(partial, List.of(qHere), false).get(0).item(), "p alone");
  }

  @Test
  void whatIsOlderThanEveryInputIsNotVisited() {
    Var w = leaf(0.5);
    Var history = w;
    for (int i = 0; i < 1000; i++) {
      history = Functions.sin(history);
    }
    Var x = Var.leaf(history.value());
    Var y = Reductions.sum(Arithmetic.mul(Functions.square(x), history));
    long before = Tape.visitedNodes();
    Gradients.of(y, List.of(x), false);
    assertTrue(Tape.visitedNodes() - before <= 4, "visited " + (Tape.visitedNodes() - before));
  }

  @Test
  void aLongChainNeedsNoStack() {
    Var x = leaf(1);
    Var y = x;
    for (int i = 0; i < 100_000; i++) {
      y = Arithmetic.affine(y, 1, 0);
    }
    assertEquals(1, Gradients.of(Reductions.sum(y), List.of(x), false).get(0).item());
  }

  @Test
  void pausedTapesRecordNothingAndGradientsRecordAnyway() {
    Var x = leaf(2);
    try (Tape.Mode off = Tape.pause()) {
      assertFalse(Functions.square(x).isDifferentiable());
    }
    Var y = Reductions.sum(Functions.exp(x));
    try (Tape.Mode off = Tape.pause()) {
      assertTrue(Gradients.of(y, List.of(x), true).get(0).isDifferentiable());
    }
    assertTrue(Tape.isRecording());
  }

  @Test
  void unconnectedInputsAreRefusedOrZero() {
    Var x = leaf(1);
    Var other = leaf(1, 2);
    Var y = Reductions.sum(x);
    String message =
        assertThrows(
                IllegalArgumentException.class, () -> Gradients.of(y, List.of(x, other), false))
            .getMessage();
    assertTrue(message.contains("input 1"), message);
    assertArrayEquals(
        new double[] {0, 0}, Gradients.orZero(y, List.of(other), false).get(0).value().toDoubles());
  }

  @Test
  void vectorsAndConstantsAreRefusedWithTheRemedy() {
    Var x = leaf(1, 2);
    Var vector = Functions.exp(x);
    String notScalar =
        assertThrows(IllegalArgumentException.class, () -> Gradients.of(vector, List.of(x), false))
            .getMessage();
    assertTrue(notScalar.contains("sum it"), notScalar);
    Var y = Reductions.sum(vector);
    String constant =
        assertThrows(
                IllegalArgumentException.class, () -> Gradients.of(y, List.of(x.detach()), false))
            .getMessage();
    assertTrue(constant.contains("Var.leaf"), constant);
  }

  @Test
  void aPullbackOfTheWrongShapeNamesItsOperation() {
    Var x = leaf(1, 2);
    Var broken = Tape.record("broken", x.value(), Edge.wrt(x, (y, g) -> Reductions.sum(g)));
    String message =
        assertThrows(
                IllegalStateException.class,
                () -> Gradients.of(Reductions.sum(broken), List.of(x), false))
            .getMessage();
    assertTrue(message.startsWith("[broken]") && message.contains("(2)"), message);
  }

  @Test
  void aFusedValueCannotBeRead() {
    Var a = leaf(1);
    Var y = Arithmetic.addActivate(a, a, Activation.SIGMOID);
    Var sum = y.edges()[0].input();
    String message = assertThrows(IllegalStateException.class, sum::value).getMessage();
    assertTrue(message.startsWith("[add]"), message);
  }
}
