package hgn.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How the axes of a broadcast operation become loops. */
class LoopsTest {
  private static List<Long> sizes(Loops loops) {
    List<Long> sizes = new ArrayList<>();
    for (int level = 0; level < Loops.DEPTH; level++) {
      sizes.add(loops.size(level));
    }
    return sizes;
  }

  @Test
  void equalShapesAreOneLoop() {
    Shape shape = Shape.of(3, 4, 5);
    Loops loops = Loops.of(shape, shape, shape);
    assertEquals(List.of(1L, 1L, 1L, 60L), sizes(loops));
    assertEquals(1, loops.stride(0, 3));
  }

  @Test
  void aBiasStaysWhileTheRowsAdvance() {
    Shape shape = Shape.of(3, 4, 5);
    Loops loops = Loops.of(shape, shape, Shape.of(1, 1, 5));
    assertEquals(List.of(1L, 1L, 12L, 5L), sizes(loops));
    assertEquals(5, loops.stride(0, 2));
    assertEquals(0, loops.stride(1, 2));
    assertEquals(1, loops.stride(1, 3));
  }

  @Test
  void axesBeyondTheNativeLoopsAreTurnedOutside() {
    Shape shape = Shape.of(2, 3, 4, 5, 6);
    Loops loops = Loops.of(shape, Shape.of(2, 1, 4, 1, 6), shape);
    List<String> turns = new ArrayList<>();
    loops.forEach((operands, result) -> turns.add(operands[0] + " " + operands[1] + " " + result));
    assertEquals(List.of("0 0 0", "24 360 360"), turns);
  }
}
