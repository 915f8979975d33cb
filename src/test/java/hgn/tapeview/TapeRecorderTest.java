package hgn.tapeview;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.autograd.Gradients;
import hgn.autograd.Var;
import hgn.autograd.ops.Arithmetic;
import hgn.autograd.ops.Functions;
import hgn.tensor.Arena;
import hgn.tensor.Backends;
import hgn.tensor.DType;
import hgn.tensor.Shape;
import hgn.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which nodes of a computation are recorded, and how. */
class TapeRecorderTest {
  private static List<String> labels(TapeGraph tape, Phase phase) {
    return tape.nodes().stream()
        .filter(node -> node.phase() == phase && !node.leaf())
        .map(TapeGraph.Node::label)
        .toList();
  }

  @Test
  void everyNodeOfTheCubeIsThereInItsPhase() {
    TapeGraph tape = Cube.tape();
    assertEquals(List.of("square", "y = mul"), labels(tape, Phase.VALUE));
    assertEquals(List.of("mul", "mul", "mul", "affine", "add"), labels(tape, Phase.FIRST));
    assertEquals(
        List.of("mul", "mul", "mul", "add", "mul", "affine", "add"), labels(tape, Phase.SECOND));
    assertEquals(1 + Cube.VALUES + Cube.FIRST + Cube.SECOND, tape.nodes().size());
  }

  @Test
  void aNodeKnowsWhosePullbackRecordedIt() {
    List<TapeGraph.Node> nodes = Cube.tape().nodes();
    assertEquals("x", nodes.get(0).label());
    assertTrue(nodes.get(0).leaf());
    assertEquals(List.of(0), nodes.get(1).inputs(), "x^2");
    assertEquals(List.of(1, 0), nodes.get(2).inputs(), "x^2 x");
    List<Integer> of = nodes.stream().map(TapeGraph.Node::pullbackOf).toList();
    assertEquals(List.of(-1, -1, -1, 2, 2, 1, 1, 1), of.subList(0, 8), "values, first backward");
    assertEquals(List.of(5, 5, 3, 3, 1, 1, 1), of.subList(8, 15), "second backward");
  }

  @Test
  void aThirdBackwardCountsAsASecond() {
    try (Arena arena = Arena.open("test");
        TapeRecorder recorder = new TapeRecorder()) {
      Var x = Var.leaf(Tensor.of(Backends.get("jvm"), DType.FLOAT64, Shape.SCALAR, 0.5));
      Var y = Functions.sin(x);
      for (int order = 1; order <= 3; order++) {
        y = Gradients.of(y, List.of(x), true).get(0);
      }
      assertEquals(-Math.cos(0.5), y.item(), 1e-15);
      assertEquals(2, recorder.graph("sine").count(Phase.FIRST), "cos x, g cos x");
      assertTrue(recorder.graph("sine").count(Phase.SECOND) > 4);
    }
  }

  @Test
  void memoryIsCountedWhereItIsFirst() {
    try (Arena arena = Arena.open("test");
        TapeRecorder recorder = new TapeRecorder()) {
      Var x = Var.leaf(Tensor.of(Backends.get("jvm"), DType.FLOAT64, Shape.of(3), 1, 2, 3));
      Arithmetic.neg(Arithmetic.identity(x)); // identity shares the memory of x
      List<Long> bytes = recorder.graph("").nodes().stream().map(TapeGraph.Node::bytes).toList();
      assertEquals(List.of(24L, 0L, 24L), bytes);
    }
  }

  @Test
  void nothingIsNotedBeforeOrAfter() {
    try (Arena arena = Arena.open("test")) {
      Var x = Var.leaf(Tensor.of(Backends.get("jvm"), DType.FLOAT64, Shape.SCALAR, 2));
      Functions.square(x);
      TapeRecorder recorder = new TapeRecorder();
      try (recorder) {
        Functions.exp(x);
      }
      Functions.square(x);
      assertEquals(List.of("exp"), labels(recorder.graph(""), Phase.VALUE));
    }
  }
}
