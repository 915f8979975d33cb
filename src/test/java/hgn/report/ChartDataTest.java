package hgn.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Charts as numbers, and pages that draw them. */
class ChartDataTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static JsonNode tree(ChartData chart) throws IOException {
    return JSON.readTree(ChartData.json(List.of(chart))).path(0);
  }

  private static ChartData chart(String name, double... y) {
    double[] x = IntStream.range(0, y.length).asDoubleStream().toArray();
    return ChartData.of("error", "frame", "MSE", List.of(new ChartData.Line(name, x, y)));
  }

  @Test
  void numbersKeepFiveDigitsAndGaps() throws IOException {
    JsonNode line = tree(chart("ours", 1.23456789, Double.NaN, 3)).at("/lines/0");
    assertEquals(1.2346, line.at("/y/0").asDouble());
    assertTrue(line.at("/y/1").isNull());
    assertEquals(2, line.at("/x/2").asDouble());
  }

  @Test
  void theAxisIsLogarithmicWhereValuesSpanMuch() throws IOException {
    assertTrue(tree(chart("ours", 1e-4, 1)).path("log").asBoolean());
    assertFalse(tree(chart("ours", 1, 2)).path("log").asBoolean());
    assertFalse(tree(chart("ours", 0, 1)).path("log").asBoolean());
    assertFalse(tree(chart("ours", -1, 1000)).path("log").asBoolean());
  }

  @Test
  void longLinesAreThinnedToTheirEnds() throws IOException {
    double[] y = IntStream.range(0, 12_345).asDoubleStream().toArray();
    JsonNode line = tree(chart("long", y)).at("/lines/0");
    int count = line.path("x").size();
    assertTrue(count <= 1001 && count > 500, count + " points");
    assertEquals(count, line.path("y").size());
    assertEquals(0, line.at("/x/0").asDouble());
    assertEquals(12_344, line.at("/x/" + (count - 1)).asDouble());
  }

  @Test
  void aPageHoldsChartsScriptsAndAPictureForWhereNoneRuns(@TempDir Path folder) throws IOException {
    Path picture = folder.resolve("chart.png");
    LineChart drawn =
        new LineChart("</script><b>", "x", "y").add("a", new double[] {1, 2}, new double[] {3, 4});
    LineChart.write(picture, List.of(drawn));
    Document document =
        new Document("page").charts(Optional.of(picture), "two & more", List.of(drawn.data()));
    Path page = folder.resolve("page.html");
    HtmlPage.write(document, page);
    String html = Files.readString(page);
    int data = html.indexOf("application/json\">") + "application/json\">".length();
    String json = html.substring(data, html.indexOf("</script>", data));
    assertEquals("</script><b>", JSON.readTree(json).at("/0/title").asText());
    assertTrue(html.contains("<noscript><img alt=\"two &amp; more\" src=\"data:image/png;base64,"));
    assertTrue(html.contains("uPlot") && html.contains("figure.chart"));
    assertFalse(html.contains("src=\"http") || html.contains("href=\"http"), "it needs no other");
    Path text = folder.resolve("page.md");
    MarkdownPage.write(document, text);
    assertTrue(Files.readString(text).contains("![two & more](chart.png)"));
  }

  @Test
  void pagesWithoutChartsHaveNoScripts(@TempDir Path folder) throws IOException {
    Path page = folder.resolve("page.html");
    HtmlPage.write(new Document("page").paragraph("nothing to draw"), page);
    assertFalse(Files.readString(page).contains("<script"));
  }
}
