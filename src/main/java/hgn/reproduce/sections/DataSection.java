package hgn.reproduce.sections;

import hgn.physics.PhysicalSystem;
import hgn.physics.Systems;
import hgn.report.Document;
import hgn.reproduce.Training;
import hgn.reproduce.Variant;
import java.util.ArrayList;
import java.util.List;

/** The data of Table 1: error bounds for each renderer's data, compared with the paper's HNNs. */
final class DataSection implements Section {
  @Override
  public String name() {
    return "data";
  }

  @Override
  public List<Training> trainings(Plan plan) {
    return List.of();
  }

  @Override
  public void write(
      Document document, Plan plan, Results results, Pictures pictures, ErrorBoundsTable floors) {
    document.section("What Table 1 was measured on");
    document.paragraph(
        "The paper's HNNs \"simply learned to output a static image\", so their errors are those"
            + " of the best constant image for all frames of all films. Rendered as in the released"
            + " program of October 2020 (renderer table1), that image has the errors of the HNNs on all four systems; rendered as in the program since"
            + " December 2020 (renderer published), it does not on any. Therefore all that follows"
            + " uses table1 data, and encoders see all 30 frames, as in the paper. Noise alone is"
            + " the error of a perfectly known motion. Mean squared errors per pixel times 10^4, on"
            + " 1,200 test rollouts.");
    List<List<String>> rows = new ArrayList<>();
    for (PhysicalSystem system : Systems.all()) {
      String name = system.name();
      rows.add(
          List.of(
              name,
              paper(Variant.HNN, name),
              paper(Variant.HNN_CONV, name),
              floors.constant(name, "table1").text(),
              floors.constant(name, "published").text(),
              floors.noise(name, "table1").text(),
              floors.noise(name, "published").text()));
    }
    document.table(
        List.of(
            "system",
            "paper, HNN",
            "paper, HNN (conv)",
            "constant image, table1",
            "constant image, published",
            "noise, table1",
            "noise, published"),
        rows);
  }

  private static String paper(Variant variant, String system) {
    Published.Errors errors = Published.paper(variant, system);
    return errors == null ? "-" : Cells.decimals(errors.test());
  }
}
