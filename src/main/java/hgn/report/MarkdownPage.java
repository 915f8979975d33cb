package hgn.report;

import hgn.files.AtomicFile;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes a {@link Document} as Markdown, with relative links to its pictures. */
public final class MarkdownPage {
  private MarkdownPage() {}

  /**
   * Writes {@code document} to {@code file}.
   *
   * @throws hgn.files.StorageException if it cannot be written
   */
  public static void write(Document document, Path file) {
    StringBuilder text = new StringBuilder("# ").append(document.title()).append('\n');
    Path folder = file.toAbsolutePath().getParent();
    for (Document.Block block : document.blocks()) {
      text.append('\n').append(markdown(block, folder)).append('\n');
    }
    AtomicFile.write(file, text.toString());
  }

  private static String markdown(Document.Block block, Path folder) {
    if (block instanceof Document.Heading heading) {
      return "#".repeat(heading.level()) + " " + heading.text();
    }
    if (block instanceof Document.Paragraph paragraph) {
      return paragraph.text();
    }
    if (block instanceof Document.Code code) {
      return "```\n" + code.text().stripTrailing() + "\n```";
    }
    if (block instanceof Document.Picture picture) {
      return picture(picture.file(), picture.caption(), folder);
    }
    if (block instanceof Document.Charts charts) {
      return charts
          .picture()
          .map(file -> picture(file, charts.caption(), folder))
          .orElse(charts.caption());
    }
    Document.Table table = (Document.Table) block;
    String rule =
        row(
            IntStream.range(0, table.columns().size())
                .mapToObj(column -> table.isOfNumbers(column) ? "---:" : "---")
                .toList());
    return table.rows().stream()
        .map(MarkdownPage::row)
        .collect(Collectors.joining("\n", row(table.columns()) + "\n" + rule + "\n", ""));
  }

  private static String picture(Path file, String caption, Path folder) {
    Path path = folder.relativize(file.toAbsolutePath());
    return "![" + caption + "](" + path.toString().replace('\\', '/') + ")";
  }

  private static String row(List<String> cells) {
    return cells.stream()
        .map(cell -> cell.replace("|", "\\|"))
        .collect(Collectors.joining(" | ", "| ", " |"));
  }
}
