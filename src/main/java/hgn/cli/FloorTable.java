package hgn.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hgn.cli.console.Format;
import hgn.files.JsonNumbers;
import hgn.floor.FloorEstimate;
import hgn.floor.FloorReport;
import hgn.floor.FloorSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Results of {@code floor} as a table and as JSON.
 *
 * @param settings settings of the computation
 * @param report its results
 */
record FloorTable(FloorSettings settings, FloorReport report) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Maximum number of films listed by name. */
  private static final int NAMED = 5;

  /** A table with a heading, and a warning if films are excluded. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%s, %s frames, noise %s, dt %s: %d frames seen, frames %d to %d given back, %d films;",
            settings.rollouts().system().name(),
            settings.rollouts().renderer().name(),
            settings.sigma(),
            settings.rollouts().dt(),
            settings.clip().framesIn(),
            settings.clip().start() + 1,
            settings.clip().start() + settings.clip().framesOut(),
            settings.films()));
    lines.add("mean squared errors per pixel with 95 % intervals:");
    labelled().forEach((label, value) -> lines.add(row(label, value)));
    lines.add(
        String.format(
            Locale.ROOT,
            "  %-46s %.0f +- %.0f",
            "effective independent motions per film",
            report.effective().mean(),
            report.effective().interval()));
    if (!report.thin().isEmpty()) {
      lines.add(warning());
    }
    return lines;
  }

  private Map<String, FloorEstimate> labelled() {
    Map<String, FloorEstimate> rows = new LinkedHashMap<>();
    rows.put("noise alone (known motion)", report.noise());
    rows.put("best prediction: the mean of possible films", report.bayes());
    rows.put("best single motion", report.single());
    rows.put("a random one of the possible motions", report.sample());
    rows.put("each film's mean frame", report.meanFrame());
    rows.put("best constant image", report.constant());
    rows.put("persistence: each film's first frame", report.persistence());
    return rows;
  }

  private static String row(String label, FloorEstimate value) {
    return String.format(
        Locale.ROOT,
        "  %-46s %s +- %s",
        label,
        Format.mse(value.mean()),
        Format.mse(value.interval()));
  }

  private String warning() {
    List<String> named =
        report.thin().stream()
            .limit(NAMED)
            .map(
                thin -> String.format(Locale.ROOT, "film %d (%.0f)", thin.film(), thin.effective()))
            .toList();
    return "  excluded from the three predictions: "
        + report.thin().size()
        + " of "
        + settings.films()
        + " films with too few independent motions: "
        + String.join(", ", named)
        + (report.thin().size() > NAMED ? ", ..." : "")
        + "; raise --particles";
  }

  /** The results as JSON. */
  ObjectNode json() {
    ObjectNode tree = JSON.createObjectNode();
    tree.put("system", settings.rollouts().system().name());
    tree.put("renderer", settings.rollouts().renderer().name());
    tree.put("size", settings.rollouts().renderer().resolution());
    tree.put("noise_sigma", settings.sigma()).put("dt", settings.rollouts().dt());
    tree.put("frames_in", settings.clip().framesIn()).put("start", settings.clip().start());
    tree.put("frames_out", settings.clip().framesOut()).put("films", settings.films());
    tree.put("particles", settings.particles()).put("seed", settings.seed());
    put(tree, "noise", report.noise());
    put(tree, "bayes", report.bayes());
    put(tree, "single", report.single());
    put(tree, "sample", report.sample());
    put(tree, "constant_image", report.constant());
    put(tree, "mean_frame", report.meanFrame());
    put(tree, "held_frame", report.persistence());
    put(tree, "independent_motions", report.effective());
    ArrayNode thin = tree.putArray("thin");
    report
        .thin()
        .forEach(
            film ->
                thin.addObject()
                    .put("film", film.film())
                    .put("independent_motions", film.effective()));
    return tree;
  }

  private static void put(ObjectNode tree, String key, FloorEstimate value) {
    JsonNumbers.put(tree, key, value.mean());
    JsonNumbers.put(tree, key + "_interval", value.interval());
  }
}
