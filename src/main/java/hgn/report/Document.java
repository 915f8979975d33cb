package hgn.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A report: headings, paragraphs, tables and pictures in the order in which they are read. {@link
 * HtmlPage} and {@link MarkdownPage} write it.
 */
public final class Document {
  /** Matches the start of a number, or the dash of a missing one. */
  private static final Pattern NUMBER = Pattern.compile("-$|[-+]?\\.?\\d");

  private final String title;
  private final List<Block> blocks = new ArrayList<>();

  /** An element of a report. */
  public sealed interface Block {}

  /**
   * A heading.
   *
   * @param level 2 for a section, 3 for a subsection
   */
  public record Heading(int level, String text) implements Block {}

  /** A paragraph. */
  public record Paragraph(String text) implements Block {}

  /** Preformatted text, such as commands. */
  public record Code(String text) implements Block {}

  /**
   * A table.
   *
   * @param columns column headings
   * @param rows cells, one per column in each row; the first names the row
   */
  public record Table(List<String> columns, List<List<String>> rows) implements Block {
    /** Checks that every row has a cell for each column. */
    public Table {
      for (List<String> row : rows) {
        if (row.size() != columns.size()) {
          throw new IllegalArgumentException(
              String.format(
                  Locale.ROOT,
                  "[report] row %s has %d cells, the table has %d columns",
                  row,
                  row.size(),
                  columns.size()));
        }
      }
    }

    /** Whether a column holds numbers and is right-aligned. The first column never is. */
    boolean isOfNumbers(int column) {
      return column > 0
          && rows.stream().allMatch(row -> NUMBER.matcher(row.get(column)).lookingAt());
    }
  }

  /** A PNG or GIF file and what it shows. */
  public record Picture(Path file, String caption) implements Block {}

  /**
   * Charts, and the same as a picture for where no script runs.
   *
   * @param picture PNG, if it could be drawn
   * @param caption what they show
   * @param charts one below the other
   */
  public record Charts(Optional<Path> picture, String caption, List<ChartData> charts)
      implements Block {}

  /** An empty report. */
  public Document(String title) {
    this.title = title;
  }

  /** Starts a section. */
  public Document section(String text) {
    return add(new Heading(2, text));
  }

  /** Starts a subsection. */
  public Document part(String text) {
    return add(new Heading(3, text));
  }

  /** Adds a paragraph. */
  public Document paragraph(String text) {
    return add(new Paragraph(text));
  }

  /** Adds preformatted text. */
  public Document code(String text) {
    return add(new Code(text));
  }

  /** Adds a table. */
  public Document table(List<String> columns, List<List<String>> rows) {
    return add(new Table(List.copyOf(columns), List.copyOf(rows)));
  }

  /** Adds a picture. */
  public Document picture(Path file, String caption) {
    return add(new Picture(file, caption));
  }

  /** Adds charts, and a picture of them where one could be drawn. */
  public Document charts(Optional<Path> picture, String caption, List<ChartData> charts) {
    return add(new Charts(picture, caption, List.copyOf(charts)));
  }

  private Document add(Block block) {
    blocks.add(block);
    return this;
  }

  /** The title. */
  public String title() {
    return title;
  }

  /** All elements in order. */
  public List<Block> blocks() {
    return List.copyOf(blocks);
  }
}
