package hgn.compare;

import hgn.files.StorageException;
import hgn.report.Document;
import hgn.report.HtmlPage;
import hgn.train.LoadedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs beside one another as one page that needs no other file. */
public final class ComparisonPage {
  private final RunComparison comparison;
  private final Document document;

  /**
   * A page about some runs.
   *
   * @param command that makes it
   */
  public ComparisonPage(RunComparison comparison, String command) {
    this.comparison = comparison;
    this.document = new Document(String.join(", ", comparison.labels())).code(command);
  }

  /** Adds the settings that differ. */
  public ComparisonPage settings(Document.Table table) {
    document.section("Settings that differ");
    if (table.rows().isEmpty()) {
      document.paragraph("None: the configurations are the same.");
    } else {
      document.table(table.columns(), table.rows());
    }
    return this;
  }

  /** Adds the numbers. */
  public ComparisonPage results(Document.Table table) {
    document.section("Results");
    document.paragraph(
        "Intervals are those of 95 %. Each number is from the file of the run that is named; a dash"
            + " stands for what a run does not have.");
    document.table(table.columns(), table.rows());
    return this;
  }

  /**
   * Adds curves and films, and writes the page.
   *
   * @param clips test clips that are filmed
   * @param loader loads a run's model
   * @return runs that are in no film, and why
   * @throws StorageException if the page cannot be written
   */
  public Map<String, String> write(Path file, int clips, Function<ComparedRun, LoadedRun> loader) {
    try {
      Path pictures = Files.createTempDirectory("hgn4j-compare");
      try {
        addCurves(pictures);
        Map<String, String> leftOut = addFilms(pictures, clips, loader);
        HtmlPage.write(document, file);
        return leftOut;
      } finally {
        delete(pictures);
      }
    } catch (IOException error) {
      throw new StorageException(file, "cannot keep pictures for", error);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  private void addCurves(Path folder) {
    Path curves = folder.resolve("curves.png");
    document.section("Learning");
    if (comparison.runs().stream().anyMatch(run -> !run.mark().equals(run.label()))) {
      document.paragraph(
          comparison.runs().stream()
              .map(run -> run.mark() + " is " + run.label())
              .collect(Collectors.joining(", ", "In the pictures ", ".")));
    }
    if (RunCurves.write(comparison.runs(), curves)) {
      document.picture(curves, "From metrics.jsonl; those against seconds from times.jsonl.");
    } else {
      document.paragraph("No run has logged anything yet, or nothing can be drawn here.");
    }
  }

  private Map<String, String> addFilms(
      Path folder, int clips, Function<ComparedRun, LoadedRun> loader) {
    if (clips == 0) {
      return Map.of();
    }
    ClipFilms films = new ClipFilms(loader, clips);
    films.film(comparison.runs());
    document.section("Test clips");
    films
        .leftOut()
        .forEach((run, reason) -> document.paragraph(run + " is in no film: " + reason + "."));
    if (films.isAlone()) {
      document.paragraph("No two runs see the same clips, so there is nothing to show.");
      return films.leftOut();
    }
    List<String> words = List.of("below", "beside");
    for (int clip = 0; clip < clips; clip++) {
      show(films.writeStrip(clip, folder), clip, words.get(0));
      show(films.writeFilm(clip, folder), clip, words.get(1));
    }
    return films.leftOut();
  }

  private void show(Optional<Path> picture, int clip, String where) {
    picture.ifPresent(
        file ->
            document.picture(
                file,
                String.format(
                    Locale.ROOT,
                    "Test clip %d, and %s it what each run's best model makes of the frames it sees.",
                    clip,
                    where)));
  }
}
