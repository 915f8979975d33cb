package hgn.tapeview;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DotTextTest {
  /** Attributes, whose values may be quoted with escapes. */
  private static final String ATTRIBUTES =
      " \\[((?:\\w+=(?:\\w+|\"(?:[^\"\\\\]|\\\\.)*\")(?:, )?)+)\\];";

  private static final Pattern NODE = Pattern.compile("  (n\\d+)" + ATTRIBUTES);
  private static final Pattern EDGE = Pattern.compile("  (n\\d+) -> (n\\d+)" + ATTRIBUTES);
  private static final Pattern SETTING =
      Pattern.compile("  (?:(?:node|edge)" + ATTRIBUTES + "|\\w+=(?:\\w+|\".*\");)");

  private final List<String> lines = DotText.of(Cube.tape()).lines().toList();

  private List<MatchResult> all(Pattern pattern) {
    return lines.stream().flatMap(line -> pattern.matcher(line).results()).toList();
  }

  private long nodes(String shape) {
    return all(NODE).stream().filter(node -> node.group(2).contains("shape=" + shape)).count();
  }

  @Test
  void everyLineIsPartOfTheLanguage() {
    assertEquals("digraph tape {", lines.get(0));
    assertEquals("}", lines.get(lines.size() - 1));
    for (String line : lines.subList(1, lines.size() - 1)) {
      assertTrue(
          NODE.matcher(line).matches()
              || EDGE.matcher(line).matches()
              || SETTING.matcher(line).matches(),
          line);
    }
    assertTrue(lines.get(1).contains("the \\\"cube\\\" & its <gradients>"), lines.get(1));
  }

  @Test
  void phasesHaveTheirOutlines() {
    assertEquals(1, nodes("house"), "leaves");
    assertEquals(Cube.VALUES, nodes("box"));
    assertEquals(Cube.FIRST, nodes("ellipse"));
    assertEquals(Cube.SECOND, nodes("octagon"));
  }

  @Test
  void edgesLeadFromInputsAndBearShapes() {
    Set<String> names = new HashSet<>();
    all(NODE).forEach(node -> names.add(node.group(1)));
    List<MatchResult> edges = all(EDGE);
    for (MatchResult edge : edges) {
      assertTrue(names.contains(edge.group(1)) && names.contains(edge.group(2)), edge.group());
      assertEquals("label=\"()\"", edge.group(3), "a scalar flows");
    }
    // square 1, y 2; first 1, 1, 2, 1, 2; second 1, 1, 1, 2, 1, 1, 2
    assertEquals(3 + 7 + 9, edges.size());
    assertTrue(all(NODE).get(1).group(2).startsWith("label=\"square\\n8 B\""), "memory");
  }
}
