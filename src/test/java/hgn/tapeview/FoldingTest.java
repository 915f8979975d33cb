package hgn.tapeview;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.tensor.Backends;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FoldingTest {
  private static TapeGraph.Node node(int number, String group, Integer... inputs) {
    return new TapeGraph.Node(
        number, "op", inputs.length == 0, Phase.VALUE, "()", 4, List.of(inputs), -1, group);
  }

  @Test
  void aCircleOfGroupsIsCutOpen() {
    // leaf 0 -> 1 in a -> 2 in b -> 3 in a: the two groups would form a cycle
    TapeGraph graph =
        new TapeGraph(
            "circle", List.of(node(0, ""), node(1, "a", 0), node(2, "b", 1), node(3, "a", 2, 0)));
    List<Folding.Group> groups = Folding.of(graph);
    assertEquals(List.of("a", "b", "a (2)"), groups.stream().map(Folding.Group::name).toList());
    assertEquals(2, groups.get(0).nodes().size(), "the leaf is where it is used first");
    assertEquals(Set.of(groups.get(0), groups.get(1)), groups.get(2).sources());
  }

  @Test
  void groupsComeAfterWhatTheyAreComputedFromAndHaveEachNodeOnce() {
    TapeGraph tape = Tapes.leapfrog(Backends.get("jvm"), 1);
    List<Folding.Group> groups = Folding.of(tape);
    Set<Folding.Group> before = new HashSet<>();
    List<Integer> numbers = new ArrayList<>();
    for (Folding.Group group : groups) {
      assertTrue(before.containsAll(group.sources()), group.name());
      before.add(group);
      group.nodes().forEach(node -> numbers.add(node.number()));
    }
    assertEquals(tape.nodes().size(), numbers.size());
    assertEquals(tape.nodes().size(), new HashSet<>(numbers).size());
    assertTrue(groups.size() < tape.nodes().size() / 2, "it folds: " + groups.size());
  }

  @Test
  void phasesAreNotMixed() {
    for (Folding.Group group : Folding.of(Tapes.leapfrog(Backends.get("jvm"), 1))) {
      long phases =
          group.nodes().stream()
              .filter(node -> !node.leaf())
              .map(TapeGraph.Node::phase)
              .distinct()
              .count();
      assertEquals(1, phases, group.name());
    }
  }
}
