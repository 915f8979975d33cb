package hgn.tapeview;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TapePageTest {
  private static List<MatchResult> found(String pattern, String page) {
    return Pattern.compile(pattern, Pattern.DOTALL).matcher(page).results().toList();
  }

  @Test
  void allPicturesAreWellFormed() throws Exception {
    TapeGraph tape = Cube.tape();
    String page = TapePage.of(tape);
    List<MatchResult> pictures = found("<svg.*?</svg>", page);
    int groups = Folding.of(tape).size();
    assertEquals(Phase.values().length + 2 + groups, pictures.size(), "legend, two views, groups");
    for (MatchResult picture : pictures) {
      SvgPictureTest.parsed(picture.group());
    }
  }

  @Test
  void aFoldedGroupOpensItsPart() {
    String page = TapePage.of(Cube.tape());
    List<MatchResult> opened = found("data-opens=\"(\\w+)\"", page);
    assertFalse(opened.isEmpty());
    for (MatchResult box : opened) {
      assertEquals(1, found("<details id=\"" + box.group(1) + "\"", page).size());
    }
  }

  @Test
  void thePageNeedsNoOtherFile() {
    String page = TapePage.of(Cube.tape());
    assertEquals(List.of(), found("(src|href)=|@import|url\\(", page));
    assertTrue(page.contains("<title>the &quot;cube&quot; &amp; its &lt;gradients&gt;</title>"));
    assertTrue(page.contains("addEventListener('focus'"), "the keyboard reaches the boxes");
  }

  private static List<String> open(TapeGraph tape) {
    return found("<details id=\"(\\w+)\" open>", TapePage.of(tape)).stream()
        .map(match -> match.group(1))
        .toList();
  }

  @Test
  void whatIsLargeIsFolded() {
    assertEquals(List.of("whole"), open(Cube.tape()));
    List<TapeGraph.Node> row = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      List<Integer> inputs = i == 0 ? List.of() : List.of(i - 1);
      row.add(
          new TapeGraph.Node(i, "op", i == 0, Phase.VALUE, "(2)", 8, inputs, -1, "part " + i / 10));
    }
    assertEquals(List.of("folded"), open(new TapeGraph("long", row)));
  }
}
