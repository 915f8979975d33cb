package hgn.reproduce.sections;

import hgn.evaluate.MetricKeys;
import hgn.report.Document;
import hgn.reproduce.Training;
import hgn.reproduce.Variant;
import java.util.ArrayList;
import java.util.List;

/** What an encoder can infer from five frames, as used by the original authors. */
final class FewFrames implements Section {
  private static final String SUFFIX = "-five";

  @Override
  public String name() {
    return "frames";
  }

  private static List<Training> few(Plan plan, String system) {
    return plan.trainings(
        Variant.LEAPFROG, system, SUFFIX, List.of("model.frames-in=" + ErrorBoundsTable.FEW));
  }

  @Override
  public List<Training> trainings(Plan plan) {
    List<Training> all = new ArrayList<>();
    Table1.SYSTEMS.forEach(system -> all.addAll(few(plan, system)));
    return all;
  }

  @Override
  public void write(
      Document document, Plan plan, Results results, Pictures pictures, ErrorBoundsTable floors) {
    document.section("What five frames can tell");
    document.paragraph(
        "The original authors' encoder sees five frames and infers the state at the fifth."
            + " Frames show noisy states, so many motions are compatible with five of them. Best"
            + " prediction is the mean of all films compatible with the frames seen, by importance"
            + " resampling; best motion is the best single one. No model can beat the first, and"
            + " none that predicts a motion can beat the second, except by copying the noise of"
            + " frames that it sees. Test errors times 10^4.");
    List<List<String>> rows = new ArrayList<>();
    for (String system : Table1.SYSTEMS) {
      rows.add(
          List.of(
              system,
              floors.noise(system, "table1").text(),
              floors.single(system, false).precise(),
              results.spread(plan.trainings(Variant.LEAPFROG, system), MetricKeys.TEST).text(1e4),
              floors.bayes(system, true).precise(),
              floors.single(system, true).precise(),
              results.spread(few(plan, system), MetricKeys.TEST).text(1e4)));
    }
    document.table(
        List.of(
            "system",
            "noise alone",
            "best motion, all frames",
            "ours, all frames",
            "best prediction, five",
            "best motion, five",
            "ours, five frames"),
        rows);
    Failures.add(document, trainings(plan), results);
  }
}
