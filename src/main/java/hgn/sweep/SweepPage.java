package hgn.sweep;

import hgn.files.StorageException;
import hgn.images.Drawing;
import hgn.report.Document;
import hgn.report.HtmlPage;
import hgn.report.MarkdownPage;
import hgn.reproduce.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** The page of a sweep: all settings against their results, the best one, and those that failed. */
public final class SweepPage {
  private static final double UNIT = 1e4;

  private final Sweep sweep;
  private final List<SweepResult> results;

  /**
   * A page.
   *
   * @param outcomes of the tasks, in order
   */
  public SweepPage(Sweep sweep, List<Outcome> outcomes) {
    this.sweep = sweep;
    this.results =
        IntStream.range(0, outcomes.size())
            .mapToObj(i -> SweepResult.of(sweep.tasks().get(i), outcomes.get(i)))
            .toList();
  }

  /** Index of the finished task with the lowest validation error; -1 if there is none. */
  public int best() {
    return IntStream.range(0, results.size())
        .filter(i -> results.get(i).outcome().succeeded())
        .filter(i -> !Double.isNaN(results.get(i).validation()))
        .boxed()
        .min(Comparator.comparingDouble(i -> results.get(i).validation()))
        .orElse(-1);
  }

  /**
   * Writes {@code sweep.html}, {@code sweep.md} and a picture.
   *
   * @param command that makes them
   * @param machine machine and date
   * @throws StorageException if a file cannot be written
   */
  public void write(Path folder, String command, String machine) {
    Document document = new Document("Sweep " + sweep.name());
    document.code(command);
    document.paragraph(machine);
    describeBest(document);
    document.section("All trainings, the best first");
    document.paragraph(
        "Errors are mean squared errors per pixel times 10^4. That on validation rollouts chooses; the"
            + " test set is for reporting only. What has no test error is not finished.");
    document.table(columns(), rows());
    picture(document, folder.resolve("pictures"));
    failures(document);
    HtmlPage.write(document, folder.resolve("sweep.html"));
    MarkdownPage.write(document, folder.resolve("sweep.md"));
  }

  private void describeBest(Document document) {
    int best = best();
    if (best < 0) {
      document.paragraph("No training is finished.");
      return;
    }
    SweepResult result = results.get(best);
    document.paragraph(
        String.format(
            Locale.ROOT,
            "Best: %s, with %s on validation rollouts at step %d.",
            result.task().training().name(),
            error(result.validation()),
            result.step()));
    document.code(result.task().training().command());
  }

  private List<String> columns() {
    List<String> columns = new ArrayList<>(List.of("run"));
    sweep.keys().forEach(key -> columns.add(key.substring(key.lastIndexOf('.') + 1)));
    columns.addAll(List.of("validation", "at step", "test", "training, s"));
    return columns;
  }

  private List<List<String>> rows() {
    List<SweepResult> sorted = new ArrayList<>(results);
    sorted.sort(Comparator.comparingDouble(SweepResult::validation)); // NaN is the largest
    List<List<String>> rows = new ArrayList<>();
    for (SweepResult result : sorted) {
      List<String> row = new ArrayList<>(List.of(result.task().training().name()));
      row.addAll(result.task().varied().values());
      row.add(error(result.validation()));
      row.add(Double.isNaN(result.validation()) ? "-" : Long.toString(result.step()));
      row.add(error(result.test()));
      row.add(
          Double.isNaN(result.seconds())
              ? "-"
              : String.format(Locale.ROOT, "%.0f", result.seconds()));
      rows.add(row);
    }
    return rows;
  }

  private static String error(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.2f", UNIT * value);
  }

  private void picture(Document document, Path folder) {
    if (best() < 0) {
      return;
    }
    try {
      Files.createDirectories(folder);
    } catch (IOException error) {
      throw new StorageException(folder, "cannot make the folder", error);
    }
    Path file = folder.resolve("coordinates.png");
    if (Drawing.attempt(() -> SweepPicture.of(sweep, results, best()).write(file))) {
      document.section("Settings and errors");
      document.picture(
          file,
          "A line for each training, from its settings on the left to its validation error on the right;"
              + " the best is red.");
    }
  }

  private void failures(Document document) {
    List<SweepResult> failed =
        results.stream().filter(result -> !result.outcome().succeeded()).toList();
    if (!failed.isEmpty()) {
      document.section("Without a result");
      document.table(
          List.of("run", "reason"),
          failed.stream()
              .map(result -> List.of(result.task().training().name(), result.outcome().failure()))
              .toList());
    }
  }
}
