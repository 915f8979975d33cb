package hgn.reproduce;

import hgn.report.Document;
import java.util.ArrayList;
import java.util.List;

/** The section on integrator modelling: what is lost without a Hamiltonian, on the pendulum. */
final class Modelling implements Section {
  private static final String SYSTEM = "pendulum";
  private static final List<Variant> VARIANTS =
      List.of(Variant.MODELLING, Variant.EULER, Variant.LEAPFROG, Variant.SEPARABLE);

  @Override
  public String name() {
    return "modelling";
  }

  @Override
  public List<Training> trainings(Plan plan) {
    List<Training> all = new ArrayList<>();
    VARIANTS.forEach(variant -> all.addAll(plan.trainings(variant, SYSTEM)));
    return all;
  }

  @Override
  public void write(Document document, Plan plan, Results results, Pictures pictures) {
    document.section("Integrator modelling, on the pendulum");
    document.paragraph(
        "Errors times 10^4. The paper has 14.85 (train), 14.93 (test) and 8 at half speed for the"
            + " modelling network, and 9 at half speed for HGN. Backward and beyond the horizon are"
            + " what it left open.");
    document.table(
        List.of("model", "train", "test", "half speed", "backward", "beyond horizon"),
        VARIANTS.stream()
            .map(variant -> row(plan.trainings(variant, SYSTEM), variant, results))
            .toList());
    Failures.add(document, VARIANTS, SYSTEM, plan, results);
    for (Variant variant : List.of(Variant.MODELLING, Variant.LEAPFROG)) {
      Figure4.show(
          document,
          pictures,
          "modelling-" + variant.key(),
          results.example(plan.trainings(variant, SYSTEM)),
          -1,
          variant.label() + ", backward in time.");
    }
  }

  private static List<String> row(List<Training> trainings, Variant variant, Results results) {
    return List.of(
        variant.label(),
        results.spread(trainings, Values.TRAIN).text(1e4),
        results.spread(trainings, Values.TEST).text(1e4),
        results.spread(trainings, Values.SLOW).text(1e4),
        results.spread(trainings, Values.BACKWARD).text(1e4),
        results.spread(trainings, Values.BEYOND).text(1e4));
  }
}
