package hgn.reproduce.sections;

import hgn.report.Document;
import hgn.reproduce.Outcome;
import hgn.reproduce.Training;
import hgn.reproduce.Variant;
import java.util.ArrayList;
import java.util.List;

/** Figure 4: reconstructions, also backward in time and at other speeds. */
final class Figure4 implements Section {
  private static final String BODIES = "three-body";
  private static final String PENDULUM = "pendulum";

  @Override
  public String name() {
    return "figure4";
  }

  @Override
  public List<Training> trainings(Plan plan) {
    List<Training> all = new ArrayList<>(plan.trainings(Variant.LEAPFROG, BODIES));
    all.addAll(plan.trainings(Variant.HNN_CONV, BODIES));
    all.addAll(plan.trainings(Variant.LEAPFROG, PENDULUM));
    return all;
  }

  @Override
  public void write(
      Document document, Plan plan, Results results, Pictures pictures, ErrorBoundsTable floors) {
    document.section("Figure 4: reconstructions");
    Outcome bodies = results.example(plan.trainings(Variant.LEAPFROG, BODIES));
    Outcome hnn = results.example(plan.trainings(Variant.HNN_CONV, BODIES));
    Outcome pendulum = results.example(plan.trainings(Variant.LEAPFROG, PENDULUM));
    show(document, pictures, "figure4-forward", bodies, 1, "Three bodies, reconstructed.");
    show(document, pictures, "figure4-backward", bodies, -1, "The same, backward in time.");
    show(document, pictures, "figure4-hnn", hnn, 1, "The same by HNN (conv).");
    show(document, pictures, "figure4-pendulum", pendulum, 1, "A pendulum, reconstructed.");
    show(document, pictures, "figure4-fast", pendulum, 2, "The same at double speed.");
    show(document, pictures, "figure4-slow", pendulum, 0.5, "The same at half speed.");
  }

  static void show(
      Document document,
      Pictures pictures,
      String name,
      Outcome outcome,
      double speed,
      String caption) {
    if (outcome.succeeded()) {
      pictures
          .reconstruction(name, outcome, speed)
          .ifPresent(file -> document.picture(file, caption));
    } else {
      document.paragraph("No picture of " + outcome.training().name() + ": " + outcome.failure());
    }
  }
}
