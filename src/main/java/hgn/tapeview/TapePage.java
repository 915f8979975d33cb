package hgn.tapeview;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A tape as a self-contained HTML page: the tape with its groups folded, the whole tape, and each
 * group separately. Small tapes are shown unfolded, large ones folded.
 */
public final class TapePage {
  /** Largest number of operations for which the whole tape is shown at first. */
  private static final int SMALL = 120;

  private final TapeGraph graph;
  private final StringBuilder html = new StringBuilder(1 << 18);

  private TapePage(TapeGraph graph) {
    this.graph = graph;
  }

  /** The text of an .html file. */
  public static String of(TapeGraph graph) {
    return new TapePage(graph).page();
  }

  private String page() {
    String title = Markup.escaped(graph.title());
    html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    html.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    html.append("<title>").append(title).append("</title>\n<style>\n");
    html.append(resource("tape.css"))
        .append(SvgPicture.STYLE)
        .append("</style>\n</head>\n<body>\n");
    html.append("<h1>").append(title).append("</h1>\n");
    html.append(
        """
        <p>Time runs down. Arrows lead from what a node was computed from to the node; beside them
        stands the shape of what they carry, in the node the memory of its value, if it has any of
        its own. Point at a node, or go to it with the Tab key: what its pullback recorded gets a
        thick border, the node whose pullback recorded it a dashed one.</p>
        """);
    legend();
    html.append("<div id=\"said\" role=\"status\" aria-live=\"polite\"></div>\n");
    boolean small = graph.nodes().size() <= SMALL;
    part(
        "folded", "Folded, one box per group; click on one, or press Enter, to see inside", !small);
    List<Folding.Group> groups = Folding.of(graph);
    picture(View.folded(groups), "the tape with its groups folded");
    part("whole", "The whole tape", small);
    picture(View.whole(graph), "the whole tape");
    html.append("<h2>Group by group</h2>\n");
    for (int i = 0; i < groups.size(); i++) {
      part("group" + i, groups.get(i).name(), false);
      picture(View.inside(graph, groups.get(i).nodes()), groups.get(i).name());
    }
    html.append("<script>\n").append(resource("tape.js")).append("</script>\n");
    return html.append("</body>\n</html>\n").toString();
  }

  private void legend() {
    html.append("<table>\n<tr><th></th><th>recorded by</th><th>nodes</th><th>memory</th></tr>\n");
    for (Phase phase : Phase.values()) {
      html.append("<tr><td>").append(SvgPicture.sample(phase)).append("</td><td>");
      html.append(phase == Phase.VALUE ? "values and leaves" : "the " + phase).append("</td><td>");
      html.append(graph.count(phase)).append("</td><td>");
      html.append(TapeGraph.memory(graph.bytes(phase))).append("</td></tr>\n");
    }
    html.append("</table>\n");
  }

  private void part(String id, String title, boolean open) {
    html.append("<details id=\"").append(id).append(open ? "\" open>" : "\">");
    html.append("<summary>").append(Markup.escaped(title)).append("</summary>\n");
  }

  private void picture(View view, String label) {
    html.append("<div class=\"wide\">").append(SvgPicture.of(view, label));
    html.append("</div></details>\n");
  }

  private static String resource(String name) {
    try (InputStream in = TapePage.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
