package hgn.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A report: headings, paragraphs, tables and pictures in the order in which they are read. {@link
 * HtmlPage} and {@link MarkdownPage} write it.
 */
public final class Document {
  /** What begins as a number does, or the dash of one that there is not. */
  private static final Pattern NUMBER = Pattern.compile("-$|[-+]?\\.?\\d");

  private final String title;
  private final List<Block> blocks = new ArrayList<>();

  /** A piece of a report. */
  public sealed interface Block {}

  /**
   * Begins a section.
   *
   * @param level 2 for a section, 3 for a part of one
   */
  public record Heading(int level, String text) implements Block {}

  /** A paragraph. */
  public record Paragraph(String text) implements Block {}

  /** What was typed to get the numbers, or any other text to be kept as it is. */
  public record Code(String text) implements Block {}

  /**
   * A table.
   *
   * @param columns their headings
   * @param rows cells, as many in each row as there are columns; the first one names the row
   */
  public record Table(List<String> columns, List<List<String>> rows) implements Block {
    /** Checks that every row has a cell for each column. */
    public Table {
      for (List<String> row : rows) {
        if (row.size() != columns.size()) {
          throw new IllegalArgumentException(
              "[report] row %s has %d cells, the table has %d columns"
                  .formatted(row, row.size(), columns.size()));
        }
      }
    }

    /**
     * Whether a column holds numbers, which stand to the right; the one that names rows does not.
     */
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
   * @param picture PNG
   * @param caption what they show
   * @param charts one below the other
   */
  public record Charts(Path picture, String caption, List<ChartData> charts) implements Block {}

  /** An empty report. */
  public Document(String title) {
    this.title = title;
  }

  /** Begins a section. */
  public Document section(String text) {
    return add(new Heading(2, text));
  }

  /** Begins a part of a section. */
  public Document part(String text) {
    return add(new Heading(3, text));
  }

  /** Adds a paragraph. */
  public Document paragraph(String text) {
    return add(new Paragraph(text));
  }

  /** Adds text that is kept as it is. */
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

  /** Adds charts, and a picture of them. */
  public Document charts(Path picture, String caption, List<ChartData> charts) {
    return add(new Charts(picture, caption, List.copyOf(charts)));
  }

  private Document add(Block block) {
    blocks.add(block);
    return this;
  }

  /** What the report is called. */
  public String title() {
    return title;
  }

  /** All of it, in order. */
  public List<Block> blocks() {
    return List.copyOf(blocks);
  }
}
