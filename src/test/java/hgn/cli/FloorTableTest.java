package hgn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.floor.Clip;
import hgn.floor.FloorEstimate;
import hgn.floor.FloorReport;
import hgn.floor.FloorSettings;
import hgn.frames.Renderers;
import hgn.frames.RolloutGenerator;
import hgn.frames.Split;
import hgn.physics.MassSpring;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FloorTableTest {
  private static FloorTable table(FloorEstimate value, List<FloorReport.Thin> thin) {
    RolloutGenerator rollouts =
        new RolloutGenerator(
            new MassSpring(), Renderers.byName("published", 32), 34, 0.125, 0, Split.TEST);
    return new FloorTable(
        FloorSettings.of(rollouts, Clip.fromLast(5, 30), 9, 800, 0),
        new FloorReport(value, value, value, value, value, value, value, value, thin));
  }

  @Test
  void filmsThatAreLeftOutAreNamed() {
    List<FloorReport.Thin> thin =
        IntStream.range(0, 7).mapToObj(film -> new FloorReport.Thin(film, 3.4)).toList();
    String text = String.join("\n", table(new FloorEstimate(1e-4, 2e-5, 2), thin).lines());
    assertTrue(text.contains("7 of 9 films with too few independent motions"), text);
    assertTrue(text.contains("film 4 (3), ...; raise --particles"), text);
    assertTrue(text.contains("1.00e-4 +- 0.20e-4"), text);
  }

  @Test
  void whatIsNoNumberIsNullInJson() {
    var tree =
        table(new FloorEstimate(Double.NaN, Double.NaN, 0), List.of(new FloorReport.Thin(2, 1)))
            .json();
    assertTrue(tree.get("bayes").isNull());
    assertTrue(tree.get("bayes_interval").isNull());
    assertEquals(2, tree.get("thin").get(0).get("film").asInt());
  }
}
