package hgn.autograd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.autograd.ops.Arithmetic;
import hgn.autograd.ops.Functions;
import hgn.autograd.ops.Layout;
import hgn.autograd.ops.Reductions;
import hgn.tensor.Arena;
import hgn.tensor.Backend;
import hgn.tensor.Backends;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import hgn.testing.autograd.RandomGraph;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A backward pass may free or add in place only tensors that nothing else uses. */
class GradientMemoryTest {
  private static final Backend JVM = Backends.get("jvm");

  private static Var leaf(double... values) {
    return Var.leaf(Tensor.of(JVM, DType.FLOAT64, Shape.of(values.length), values));
  }

  private static double[] values(Var x) {
    return x.value().toDoubles();
  }

  @Test
  void walksThatFreeAgreeWithWalksThatKeepEverything() {
    int compared = 0;
    for (int seed = 0; seed < 600; seed++) {
      try (Arena arena = Arena.open("graph " + seed)) {
        compared += compare(new RandomGraph(seed, JVM), "graph " + seed);
      }
    }
    assertTrue(compared > 1500, "only " + compared + " gradients compared");
  }

  private static int compare(RandomGraph graph, String name) {
    Var y = graph.scalar();
    List<Var> targets = graph.targets(y);
    List<double[]> before = graph.nodes().stream().map(GradientMemoryTest::values).toList();
    List<Var> expected = Gradients.orZero(y, targets, true);

    List<Var> actual;
    try (Arena walk = Arena.open("walk")) {
      actual = Gradients.orZero(y, targets, false);
      assertEquals(distinct(actual) + (targets.contains(y) ? 0 : 1), walk.size(), name);
      for (int i = 0; i < targets.size(); i++) {
        assertFalse(actual.get(i).isDifferentiable(), name);
        assertEquals(targets.get(i).shape(), actual.get(i).shape(), name);
        assertArrayEquals(values(expected.get(i)), values(actual.get(i)), 1e-13, name + ": " + i);
      }
    }
    for (int i = 0; i < before.size(); i++) {
      assertArrayEquals(before.get(i), values(graph.nodes().get(i)), name + ": forward value " + i);
    }
    return targets.size();
  }

  /** Number of distinct tensors behind these; a gradient of zeros counts like any other. */
  private static int distinct(List<Var> gradients) {
    Set<Tensor> bases = Collections.newSetFromMap(new IdentityHashMap<>());
    gradients.forEach(gradient -> bases.add(gradient.value().base()));
    return bases.size();
  }

  @Test
  void anIntermediateTargetKeepsItsGradientWhileItFlowsOn() {
    try (Arena arena = Arena.open("test")) {
      Var x = leaf(1, 2);
      Var a = Arithmetic.add(x, x); // passes its cotangent on unchanged, twice
      Var b = Arithmetic.add(Arithmetic.identity(a), x);
      Var y = Reductions.sum(Functions.square(b)); // b = 3x
      List<Var> g = Gradients.of(y, List.of(a, x, y, b, a), false);
      assertArrayEquals(new double[] {6, 12}, values(g.get(0)));
      assertArrayEquals(new double[] {18, 36}, values(g.get(1)));
      assertArrayEquals(new double[] {1}, values(g.get(2)));
      assertArrayEquals(new double[] {6, 12}, values(g.get(3)));
      assertArrayEquals(new double[] {6, 12}, values(g.get(4)));
    }
  }

  @Test
  void aSharedCotangentIsNotChangedByWhatIsAddedForOneOfItsOwners() {
    try (Arena arena = Arena.open("test")) {
      Var x = leaf(1, 2);
      Var z = leaf(5, 6);
      Var more = Functions.square(x);
      // the sum's cotangent reaches both x and z, and x gets more afterwards
      Var y =
          Reductions.sum(
              Arithmetic.add(more, Functions.exp(Arithmetic.scale(Arithmetic.add(x, z), 0))));
      List<Var> g = Gradients.of(y, List.of(x, z), false);
      assertArrayEquals(new double[] {2, 4}, values(g.get(0)));
      assertArrayEquals(new double[] {0, 0}, values(g.get(1)));
    }
  }

  @Test
  void aPullbackMayReturnATensorOfTheForwardPass() {
    try (Arena arena = Arena.open("test")) {
      Var x = leaf(3, 4);
      Tensor stored = Tensor.of(JVM, DType.FLOAT64, Shape.of(2), 10, 20);
      Var older = Functions.square(x);
      Var linear = Tape.record("stored", x.value(), Edge.wrt(x, (y, g) -> Var.constant(stored)));
      // the pass visits the younger one first, so that the other is added to its result
      Var y = Reductions.sum(Arithmetic.add(older, linear));
      Var g = Gradients.of(y, List.of(x), false).get(0);
      assertArrayEquals(new double[] {16, 28}, values(g));
      assertArrayEquals(new double[] {10, 20}, stored.toDoubles(), "not added in place");
      assertArrayEquals(new double[] {3, 4}, values(x));
    }
  }

  @Test
  void gradientsBelongToTheArenaThatIsInnermostWhenTheyAreAskedFor() {
    try (Arena step = Arena.open("step")) {
      Var x = leaf(1, 2);
      Var y = Reductions.sum(Functions.exp(Layout.reshape(x, Shape.of(2, 1))));
      Arena model = new Arena("model");
      Var g;
      try (Arena.Entered owner = model.enter()) {
        g = Gradients.of(y, List.of(x), false).get(0);
        assertSame(model, Arena.current());
      }
      assertTrue(model.owns(g.value()));
      assertEquals(2, model.size(), "the gradient and the seed");
      model.close();
      assertTrue(g.value().isFreed());
      assertFalse(x.value().isFreed());
    }
  }

  @Test
  void aPullbackThatThrowsLeavesArenasAndTapeAsTheyWere() {
    try (Arena arena = Arena.open("test")) {
      Var x = leaf(1, 2);
      Var broken =
          Tape.record(
              "broken",
              x.value(),
              Edge.wrt(
                  x,
                  (y, g) -> {
                    Arithmetic.scale(g, 2);
                    throw new ArithmeticException("planted");
                  }));
      Var y = Reductions.sum(Functions.exp(broken));
      for (boolean createGraph : new boolean[] {false, true}) {
        long blocks;
        try (Arena walk = Arena.open("walk")) {
          blocks = JVM.pool().liveBlocks();
          assertThrows(ArithmeticException.class, () -> Gradients.of(y, List.of(x), createGraph));
          assertSame(walk, Arena.current());
          assertTrue(Tape.isRecording());
        }
        assertEquals(blocks, JVM.pool().liveBlocks(), "all that the walk left was its arena's");
      }
    }
  }

  @Test
  void aTargetThatIsYoungerThanTheResultIsNotReached() {
    try (Arena arena = Arena.open("test")) {
      Var x = leaf(1, 2);
      Var y = Reductions.sum(x);
      Var later = Functions.square(x);
      assertThrows(IllegalArgumentException.class, () -> Gradients.of(y, List.of(x, later), false));
      List<Var> g = Gradients.orZero(y, List.of(later, x), false);
      assertArrayEquals(new double[] {0, 0}, values(g.get(0)));
      assertArrayEquals(new double[] {1, 1}, values(g.get(1)));
    }
  }
}
