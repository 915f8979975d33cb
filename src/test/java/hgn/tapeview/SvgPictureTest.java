package hgn.tapeview;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.model.BaseEnergy;
import hgn.model.Presets;
import hgn.tensor.Backends;
import java.awt.geom.Rectangle2D;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class SvgPictureTest {
  static Document parsed(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }

  private static List<Element> elements(Document svg, String tag, String type) {
    List<Element> found = new ArrayList<>();
    NodeList all = svg.getElementsByTagName(tag);
    for (int i = 0; i < all.getLength(); i++) {
      Element element = (Element) all.item(i);
      if (List.of(element.getAttribute("class").split(" ")).contains(type)) {
        found.add(element);
      }
    }
    return found;
  }

  private static double number(Element element, String attribute) {
    return Double.parseDouble(element.getAttribute(attribute));
  }

  private static TapeGraph encoder() {
    var spec = Presets.named("quick", 5, BaseEnergy.NONE, 1);
    return Tapes.encoder("The encoder", spec, Backends.get("auto"), 1);
  }

  @Test
  void everyNodeHasABoxThatCanBeReached() throws Exception {
    TapeGraph tape = Cube.tape();
    Document svg = parsed(SvgPicture.file(tape));
    TreeSet<Integer> drawn = new TreeSet<>();
    for (Element box : elements(svg, "g", "box")) {
      drawn.add(Integer.valueOf(box.getAttribute("data-nodes")));
      assertEquals("0", box.getAttribute("tabindex"));
      assertFalse(box.getAttribute("aria-label").isEmpty());
    }
    assertEquals(tape.nodes().size(), drawn.size());
    assertEquals(Cube.SECOND, elements(svg, "rect", "inner").size(), "double borders");
    assertEquals(tape.title(), svg.getDocumentElement().getAttribute("aria-label"));
  }

  @Test
  void aBoxNamesTheNodeWhosePullbackRecordedIt() throws Exception {
    TapeGraph tape = Cube.tape();
    for (Element box : elements(parsed(SvgPicture.file(tape)), "g", "box")) {
      int of = tape.nodes().get(Integer.parseInt(box.getAttribute("data-nodes"))).pullbackOf();
      assertEquals(of < 0 ? "" : "" + of, box.getAttribute("data-of"));
    }
  }

  @Test
  void boxesDoNotOverlapAndLieWithinThePicture() throws Exception {
    TapeGraph leapfrog = Tapes.leapfrog(Backends.get("jvm"), 1);
    for (TapeGraph tape : List.of(Cube.tape(), leapfrog, encoder())) {
      requireRoom(SvgPicture.file(tape));
      requireRoom(SvgPicture.of(View.folded(Folding.of(tape)), "folded"));
    }
  }

  private static void requireRoom(String text) throws Exception {
    Document svg = parsed(text);
    Element root = svg.getDocumentElement();
    Rectangle2D paper = new Rectangle2D.Double(0, 0, number(root, "width"), number(root, "height"));
    List<Rectangle2D> faces = new ArrayList<>();
    for (Element face : elements(svg, "rect", "face")) {
      Rectangle2D rectangle =
          new Rectangle2D.Double(
              number(face, "x"), number(face, "y"), number(face, "width"), number(face, "height"));
      assertTrue(paper.contains(rectangle), rectangle + " is not on " + paper);
      for (Rectangle2D other : faces) {
        assertFalse(rectangle.intersects(other), rectangle + " and " + other);
      }
      faces.add(rectangle);
    }
    assertTrue(faces.size() > 2);
  }

  @Test
  void everyBoxThatIsUsedHasArrows() throws Exception {
    View view = View.whole(Cube.tape());
    Document svg = parsed(SvgPicture.of(view, "cube"));
    long sources = view.arrows().stream().map(View.Arrow::from).distinct().count();
    assertEquals(sources, elements(svg, "path", "arrow").size());
  }
}
