package hgn.dynamics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.autograd.Gradients;
import hgn.autograd.Tape;
import hgn.autograd.Var;
import hgn.autograd.ops.Arithmetic;
import hgn.autograd.ops.Functions;
import hgn.autograd.ops.Reductions;
import hgn.tensor.Arena;
import hgn.tensor.Backend;
import hgn.tensor.Backends;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import hgn.testing.AnalyticHamiltonians;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Partial derivatives of energies, with and without a tape, and the memory that they keep. */
class VectorFieldTest {
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

  private static Var var(boolean leaf, double... values) {
    Tensor tensor = Tensor.of(JVM, DType.FLOAT64, Shape.of(values.length), values);
    return leaf ? Var.leaf(tensor) : Var.constant(tensor);
  }

  private static double[] values(Var x) {
    return x.value().toDoubles();
  }

  @Test
  void anEnergyThatIgnoresAnArgumentHasAZeroPartial() {
    VectorField kinetic = new VectorField((q, p) -> Functions.square(p));
    for (boolean leaf : new boolean[] {false, true}) {
      Var q = var(leaf, 1, 2);
      Var p = var(leaf, 3, 4);
      assertArrayEquals(new double[] {0, 0}, values(kinetic.dHdq(q, p)));
      assertArrayEquals(new double[] {6, 8}, values(kinetic.dHdp(q, p)));
      try (Tape.Mode off = Tape.pause()) {
        PhaseState both = kinetic.both(new PhaseState(q, p));
        assertArrayEquals(new double[] {0, 0}, values(both.q()));
        assertArrayEquals(new double[] {6, 8}, values(both.p()));
      }
    }
  }

  @Test
  void partialsThatShareOneTensorOutliveTheirScope() {
    try (Tape.Mode off = Tape.pause()) {
      int before = arena.size();
      PhaseState both =
          new VectorField((q, p) -> Arithmetic.add(q, p))
              .both(new PhaseState(var(false, 1, 2), var(false, 3, 4)));
      assertArrayEquals(new double[] {1, 1}, values(both.q()));
      assertArrayEquals(new double[] {1, 1}, values(both.p()));
      assertTrue(arena.size() - before <= 4, "two operands and at most two partials");
    }
  }

  @Test
  void aPartialThatIsATensorOfTheOutsideStaysThere() {
    // the energy is an argument itself, so that the partial is the seed of the backward pass
    try (Tape.Mode off = Tape.pause()) {
      Var q = Var.constant(Tensor.of(JVM, DType.FLOAT64, Shape.SCALAR, 5));
      Var p = Var.constant(Tensor.of(JVM, DType.FLOAT64, Shape.SCALAR, 6));
      assertEquals(1, new VectorField((a, b) -> a).dHdq(q, p).item());
      assertEquals(5, q.item());
    }
  }

  @Test
  void withoutATapeTheResultIsAConstantAndWithOneItIsNot() {
    VectorField field = new VectorField(AnalyticHamiltonians.COUPLED);
    Var q = var(true, 0.4);
    Var p = var(true, 0.9);
    assertTrue(field.dHdq(q, p).isDifferentiable());
    try (Tape.Mode off = Tape.pause()) {
      assertFalse(field.dHdq(q, p).isDifferentiable());
      assertFalse(Tape.isRecording());
    }
  }

  @Test
  void theFieldIsDifferentiableByTheEnergysParametersEvenAtAConstantState() {
    Var weight = Var.leaf(Tensor.of(JVM, DType.FLOAT64, Shape.of(1), 3));
    VectorField field = new VectorField((q, p) -> Arithmetic.mul(weight, Functions.square(q)));
    Var force = field.dHdq(var(false, 2), var(false, 1)); // 2 w q
    assertEquals(12, force.item());
    assertEquals(4, Gradients.of(Reductions.sum(force), List.of(weight), false).get(0).item());
  }

  @Test
  void theDerivativeByQDoesNotFollowPBackToQ() {
    VectorField field = new VectorField(AnalyticHamiltonians.COUPLED);
    Var q = var(true, 0.4);
    Var p = Functions.square(q);
    assertEquals(0.4 * (Math.pow(0.16, 2) + 1), field.dHdq(q, p).item(), 1e-15);
    // but the result's own derivative does: d/dq of q (q^4 + 1)
    Var g = Gradients.of(Reductions.sum(field.dHdq(q, p)), List.of(q), false).get(0);
    assertEquals(5 * Math.pow(0.4, 4) + 1, g.item(), 1e-14);
  }

  @Test
  void anEnergyThatThrowsLeavesArenasAndTapeAsTheyWere() {
    Hamiltonian broken =
        (q, p) -> {
          Functions.square(q);
          throw new ArithmeticException("planted");
        };
    VectorField field = new VectorField(broken);
    Var x = var(true, 1);
    long blocks = JVM.pool().liveBlocks();
    try (Tape.Mode off = Tape.pause()) {
      assertThrows(ArithmeticException.class, () -> field.dHdq(x, x));
      assertFalse(Tape.isRecording());
      assertSame(arena, Arena.current());
    }
    assertTrue(Tape.isRecording());
    assertEquals(blocks, JVM.pool().liveBlocks());
  }
}
