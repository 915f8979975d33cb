package hgn.reproduce;

import hgn.report.Document;
import java.util.ArrayList;
import java.util.List;

/** Figure 7 and the section on extra environments: double pendulum and damped spring. */
final class Figure7 implements Section {
  private static final List<String> SYSTEMS = List.of("double-pendulum", "damped-spring");
  private static final List<String> PAPER = List.of("12", "11");

  @Override
  public String name() {
    return "figure7";
  }

  @Override
  public List<Training> trainings(Plan plan) {
    List<Training> all = new ArrayList<>();
    SYSTEMS.forEach(system -> all.addAll(plan.trainings(Variant.LEAPFROG, system)));
    return all;
  }

  @Override
  public void write(Document document, Plan plan, Results results, Pictures pictures) {
    document.section("Figure 7: double pendulum and damped spring");
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < SYSTEMS.size(); i++) {
      List<Training> trainings = plan.trainings(Variant.LEAPFROG, SYSTEMS.get(i));
      rows.add(
          List.of(
              SYSTEMS.get(i),
              PAPER.get(i),
              results.spread(trainings, Values.TRAIN).text(1e4),
              results.spread(trainings, Values.TEST).text(1e4),
              results.spread(trainings, Values.HELD).text(1e4),
              results.spread(trainings, Values.STATIC).text(1e4),
              Cells.decimals(results.gain(trainings))));
    }
    document.table(
        List.of(
            "system",
            "paper, test",
            "ours, train",
            "ours, test",
            "held frame",
            "mean frame",
            "held over ours"),
        rows);
    for (String system : SYSTEMS) {
      Figure4.show(
          document,
          pictures,
          "figure7-" + system,
          results.example(plan.trainings(Variant.LEAPFROG, system)),
          1,
          "Reconstruction: " + system + ".");
    }
  }
}
