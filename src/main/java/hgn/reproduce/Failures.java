package hgn.reproduce;

import hgn.report.Document;
import java.util.List;

/** Says below a table which of its trainings failed, and why. */
final class Failures {
  private Failures() {}

  static void add(
      Document document, List<Variant> variants, String system, Plan plan, Results results) {
    for (Variant variant : variants) {
      for (Training training : plan.trainings(variant, system)) {
        Outcome outcome = results.of(training);
        if (!outcome.succeeded()) {
          document.paragraph("No value from " + training.name() + ": " + outcome.failure());
        }
      }
    }
  }
}
