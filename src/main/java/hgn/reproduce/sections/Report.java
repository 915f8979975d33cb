package hgn.reproduce.sections;

import hgn.files.StorageException;
import hgn.report.Document;
import hgn.report.HtmlPage;
import hgn.report.MarkdownPage;
import hgn.reproduce.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The report of a reproduction: a self-contained {@code report.html}, and {@code report.md} with
 * pictures.
 */
public final class Report {
  private final Path folder;
  private final Plan plan;
  private final ErrorBoundsTable floors;

  /**
   * Creates a report in {@code folder}.
   *
   * @param floors error bounds on the data
   */
  public Report(Path folder, Plan plan, ErrorBoundsTable floors) {
    this.folder = folder;
    this.plan = plan;
    this.floors = floors;
  }

  /** The HTML page. */
  public Path html() {
    return folder.resolve("report.html");
  }

  /** The Markdown page. */
  public Path markdown() {
    return folder.resolve("report.md");
  }

  /**
   * Writes the report.
   *
   * @param command command that made it
   * @param machine machine and date
   * @throws StorageException if a file cannot be written
   */
  public void write(List<Section> sections, Results results, String command, String machine) {
    Path pictures = folder.resolve("pictures");
    try {
      Files.createDirectories(pictures);
    } catch (IOException error) {
      throw new StorageException(pictures, "cannot make the folder", error);
    }
    Document document = new Document("[Re] Hamiltonian Generative Networks, again");
    document.paragraph(budget());
    document.paragraph(
        "With several seeds, values are means ± standard deviations, and pictures show the"
            + " first seed. Each training uses the parameters with the lowest validation error;"
            + " validation rollouts are not in the test set, which was measured once.");
    document.paragraph(machine);
    document.code(command);
    for (Section section : sections) {
      section.write(document, plan, results, new Pictures(pictures), floors);
    }
    commands(document, sections);
    HtmlPage.write(document, html());
    MarkdownPage.write(document, markdown());
  }

  private String budget() {
    return switch (plan.budget()) {
      case QUICK ->
          "Budget: quick. Small networks, trained for a minute or two for the main model and"
              + " half a minute for the others, instead of the paper's networks and its budget of"
              + " 50,000 rollouts and 5 epochs.";
      case DESK ->
          "Budget: desk. The small networks of the quick preset, with HGN (leapfrog) trained"
              + " five times as long and with three seeds, and all others three times as long, instead"
              + " of the paper's networks and its budget of 50,000 rollouts and 5 epochs.";
      case PAPER -> "Budget: the paper's, 50,000 rollouts and 5 epochs.";
    };
  }

  private void commands(Document document, List<Section> sections) {
    List<List<String>> rows = new ArrayList<>();
    for (Training training : Sections.trainings(sections, plan)) {
      rows.add(List.of(training.name(), training.command()));
    }
    if (!rows.isEmpty()) {
      document.section("Commands");
      document.paragraph(
          "Each training alone: the command above, with these words from 'reproduce' on.");
      document.table(List.of("run", "command"), rows);
    }
  }
}
