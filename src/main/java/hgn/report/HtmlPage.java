package hgn.report;

import hgn.files.AtomicFile;
import hgn.files.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** Writes a {@link Document} as one self-contained HTML file with embedded pictures. */
public final class HtmlPage {
  private static final String STYLE =
      """
      body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto;
             padding: 0 1rem; color: #222; }
      h1, h2, h3 { line-height: 1.2; }
      h2 { margin-top: 2.5rem; border-bottom: 1px solid #ddd; }
      table { border-collapse: collapse; margin: 1rem 0; font-variant-numeric: tabular-nums; }
      th, td { padding: .25rem .75rem; border-bottom: 1px solid #ddd; text-align: left; }
      .number { text-align: right; }
      pre { background: #f4f4f4; padding: .75rem; overflow-x: auto; }
      figure { margin: 1rem 0; }
      figure img { max-width: 100%; image-rendering: pixelated; }
      figcaption { color: #555; font-size: .9rem; }
      .wide { overflow-x: auto; }
      """;

  private HtmlPage() {}

  /**
   * Writes {@code document} to {@code file}.
   *
   * @throws StorageException if a picture cannot be read or the file cannot be written
   */
  public static void write(Document document, Path file) {
    StringBuilder html = new StringBuilder(1 << 16);
    html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    html.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    html.append("<title>").append(escaped(document.title())).append("</title>\n");
    html.append("<style>\n").append(STYLE).append("</style>\n</head>\n<body>\n");
    html.append("<h1>").append(escaped(document.title())).append("</h1>\n");
    document.blocks().forEach(block -> append(html, block));
    if (document.blocks().stream().anyMatch(Document.Charts.class::isInstance)) {
      appendScripts(html);
    }
    html.append("</body>\n</html>\n");
    AtomicFile.write(file, html.toString());
  }

  private static void append(StringBuilder html, Document.Block block) {
    if (block instanceof Document.Heading heading) {
      element(html, "h" + heading.level(), heading.text());
    } else if (block instanceof Document.Paragraph paragraph) {
      element(html, "p", paragraph.text());
    } else if (block instanceof Document.Code code) {
      element(html, "pre", code.text());
    } else if (block instanceof Document.Table table) {
      html.append("<div class=\"wide\"><table>\n");
      row(html, "th", table, table.columns());
      table.rows().forEach(cells -> row(html, "td", table, cells));
      html.append("</table></div>\n");
    } else if (block instanceof Document.Picture picture) {
      html.append("<figure><img alt=\"").append(escaped(picture.caption())).append("\" src=\"");
      html.append(embedded(picture.file())).append("\">");
      html.append("<figcaption>").append(escaped(picture.caption()));
      html.append("</figcaption></figure>\n");
    } else if (block instanceof Document.Charts charts) {
      append(html, charts);
    }
  }

  private static void append(StringBuilder html, Document.Charts charts) {
    String caption = escaped(charts.caption());
    html.append("<figure class=\"chart\"><script type=\"application/json\">");
    html.append(ChartData.json(charts.charts())).append("</script>");
    charts
        .picture()
        .ifPresent(
            file -> {
              html.append("<noscript><img alt=\"").append(caption);
              html.append("\" src=\"").append(embedded(file)).append("\"></noscript>");
            });
    html.append("<figcaption>").append(caption).append("</figcaption></figure>\n");
  }

  /** What draws charts, within the page, so that it needs no other file. */
  private static void appendScripts(StringBuilder html) {
    html.append("<style>\n").append(resource("/explore/vendor/uPlot.min.css"));
    html.append("</style>\n<script>\n").append(resource("/explore/vendor/uPlot.iife.min.js"));
    html.append("</script>\n<script>\n").append(resource("/report/charts.js"));
    html.append("</script>\n");
  }

  private static String resource(String name) {
    try (InputStream in = HtmlPage.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new IllegalStateException("[report] cannot read " + name + " in the jar", unreadable);
    }
  }

  private static void element(StringBuilder html, String tag, String text) {
    html.append('<').append(tag).append('>').append(escaped(text));
    html.append("</").append(tag).append(">\n");
  }

  private static void row(
      StringBuilder html, String tag, Document.Table table, List<String> cells) {
    html.append("<tr>");
    for (int column = 0; column < cells.size(); column++) {
      html.append('<').append(tag);
      html.append(table.isOfNumbers(column) ? " class=\"number\">" : ">");
      html.append(escaped(cells.get(column)));
      html.append("</").append(tag).append('>');
    }
    html.append("</tr>\n");
  }

  private static String embedded(Path picture) {
    String name = picture.toString().toLowerCase(Locale.ROOT);
    String type = name.endsWith(".gif") ? "gif" : "png";
    try {
      byte[] bytes = Files.readAllBytes(picture);
      return "data:image/" + type + ";base64," + Base64.getEncoder().encodeToString(bytes);
    } catch (IOException error) {
      throw new StorageException(picture, "cannot read the picture", error);
    }
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
