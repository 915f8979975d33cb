package hgn.reproduce.sections;

import hgn.evaluate.MetricKeys;
import hgn.physics.PhysicalSystem;
import hgn.physics.Systems;
import hgn.report.Document;
import hgn.reproduce.Outcome;
import hgn.reproduce.Training;
import hgn.reproduce.Variant;
import java.util.ArrayList;
import java.util.List;

/** Figure 5: samples from the prior, and whether they are as diverse as the data. */
final class Figure5 implements Section {
  private static final int SAMPLES = 4;

  @Override
  public String name() {
    return "figure5";
  }

  @Override
  public List<Training> trainings(Plan plan) {
    return plan.onEachSystem(Variant.LEAPFROG);
  }

  @Override
  public void write(
      Document document, Plan plan, Results results, Pictures pictures, ErrorBoundsTable floors) {
    document.section("Figure 5: samples from the prior");
    document.paragraph(
        "KL is the divergence of the posterior from the prior, in nats per rollout; a latent"
            + " is active if its posterior variance is below 0.5. Right is the fraction of samples"
            + " that show each of the system's discs once, with its size and colour, in nine of ten"
            + " frames. Spread is the mean distance between two samples divided by that between two"
            + " films of the data (1: as diverse); its ceiling is that of true films averaged over"
            + " the noise. Strangeness is the mean distance from a sample to the nearest film of the"
            + " data divided by that within the data (1: as close as the data itself). R^2 and Sym"
            + " are those of SyMetric: how well polynomials of the learnt state fit the true state,"
            + " and the distance of that map from a canonical one (0; below 0.05 it counts as"
            + " canonical if R^2 is above 0.9).");
    List<List<String>> rows = new ArrayList<>();
    for (PhysicalSystem system : Systems.all()) {
      List<Training> trainings = plan.trainings(Variant.LEAPFROG, system.name());
      rows.add(
          List.of(
              system.name(),
              results.spread(trainings, MetricKeys.DIVERGENCE).text(1),
              results.spread(trainings, MetricKeys.ACTIVE).text(1),
              results.spread(trainings, MetricKeys.RIGHT).text(1),
              results.spread(trainings, MetricKeys.SPREAD).text(1),
              results.spread(trainings, MetricKeys.SPREAD_SHARE).text(1),
              results.spread(trainings, MetricKeys.STRANGENESS).text(1),
              results.spread(trainings, MetricKeys.DETERMINATION).text(1),
              results.spread(trainings, MetricKeys.CANONICITY).text(1)));
    }
    document.table(
        List.of(
            "system",
            "KL",
            "active latents",
            "right",
            "spread",
            "of its ceiling",
            "strangeness",
            "R^2",
            "Sym"),
        rows);
    Failures.add(document, trainings(plan), results);
    for (PhysicalSystem system : Systems.all()) {
      Outcome outcome = results.example(plan.trainings(Variant.LEAPFROG, system.name()));
      if (outcome.succeeded()) {
        pictures
            .samples("figure5-" + system.name(), outcome, SAMPLES)
            .ifPresent(file -> document.picture(file, "Samples: " + system.name() + "."));
      }
    }
  }
}
