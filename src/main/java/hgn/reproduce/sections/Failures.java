package hgn.reproduce.sections;

import hgn.report.Document;
import hgn.reproduce.Outcome;
import hgn.reproduce.Training;
import hgn.reproduce.Variant;
import java.util.List;

/** Lists failed trainings below a table, with reasons. */
final class Failures {
  private Failures() {}

  static void add(
      Document document, List<Variant> variants, String system, Plan plan, Results results) {
    for (Variant variant : variants) {
      add(document, plan.trainings(variant, system), results);
    }
  }

  static void add(Document document, List<Training> trainings, Results results) {
    for (Training training : trainings) {
      Outcome outcome = results.of(training);
      if (!outcome.succeeded()) {
        document.paragraph("No value from " + training.name() + ": " + outcome.failure());
      }
    }
  }
}
