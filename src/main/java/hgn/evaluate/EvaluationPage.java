package hgn.evaluate;

import hgn.images.Drawing;
import hgn.report.ChartData;
import hgn.report.Curve;
import hgn.report.Document;
import hgn.report.HtmlPage;
import hgn.report.LossCurves;
import hgn.report.MetricsCurves;
import hgn.run.RunFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The results of an evaluation with curves and films, as one self-contained HTML page. */
public final class EvaluationPage {
  private final Document document;
  private final List<List<String>> rows = new ArrayList<>();

  /**
   * Creates a page about a run.
   *
   * @param title name of the run
   * @param model description of the parameters and the data
   */
  public EvaluationPage(String title, String model) {
    document = new Document(title).paragraph(model);
  }

  /** Adds a row to the table. */
  public void add(String label, String value) {
    rows.add(List.of(label, value));
  }

  /**
   * Writes the page.
   *
   * @param folder run with the pictures
   * @param place folder of the page
   * @param command command that made it
   * @throws hgn.files.StorageException if it cannot be written
   */
  public void write(RunFolder folder, Path place, String command) {
    document.code(command);
    document.table(List.of("measure", "value and 95 % interval"), rows);
    show(folder.filmstrip(), "A test rollout, its reconstruction, and their difference.");
    show(folder.gif("forward"), "Truth and reconstruction, forward in time.");
    show(folder.gif("backward"), "Truth and prediction, backward in time.");
    showCurves(folder, place);
    HtmlPage.write(document, place.resolve(folder.evaluationPage().getFileName()));
  }

  private void showCurves(RunFolder folder, Path place) {
    List<Curve> curves =
        Files.exists(folder.metrics()) ? MetricsCurves.read(folder.metrics()) : List.of();
    if (curves.isEmpty()) {
      return;
    }
    Path plot = folder.lossPlot();
    boolean isDrawn = Files.exists(plot);
    if (!isDrawn) { // a campaign draws none
      plot = place.resolve(plot.getFileName());
      Path own = plot;
      isDrawn = Drawing.attempt(() -> LossCurves.write(own, curves));
    }
    List<ChartData> charts = curves.stream().map(Curve::data).toList();
    document.charts(
        isDrawn ? Optional.of(plot) : Optional.empty(),
        "Training: loss, error, divergence and the constraint's weight.",
        charts);
  }

  private void show(Path picture, String caption) {
    if (Files.exists(picture)) {
      document.picture(picture, caption);
    }
  }
}
