package hgn.compare;

import com.fasterxml.jackson.databind.JsonNode;
import hgn.evaluate.Measure;
import hgn.evaluate.MetricKeys;
import hgn.predict.Estimate;
import hgn.report.Curve;
import hgn.run.EvaluationTimes;
import hgn.run.RunFolder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;

/** The numbers of runs, each with its source: those that every training writes, and others. */
final class ResultRows {
  private static final String SUMMARY = "summary.json";
  private static final String EVALUATION = "evaluation.json";
  private static final String CONFIG = "config.yaml";
  private static final String METRICS = "metrics.jsonl";
  private static final String TIMES = "times.jsonl";
  private static final String INTERVAL = "_interval";

  /** What {@code evaluation.json} says of itself. */
  private static final Set<String> ABOUT = Set.of("checkpoint");

  private final List<ComparedRun> runs;
  private final List<ResultRow> rows = new ArrayList<>();

  private ResultRows(List<ComparedRun> runs) {
    this.runs = runs;
  }

  static List<ResultRow> of(List<ComparedRun> runs) {
    ResultRows found = new ResultRows(runs);
    found.addTraining();
    found.addEvaluation();
    return found.rows.stream().filter(row -> !row.isEmpty()).toList();
  }

  private void addTraining() {
    ofSummary("test MSE", MetricKeys.TEST, Measure.Unit.ERROR);
    ofSummary("test rollouts", "test_rollouts", Measure.Unit.NUMBER);
    ofSummary("MSE of a static image", MetricKeys.STATIC, Measure.Unit.ERROR);
    add("lowest validation MSE", "validation_mse", METRICS, Measure.Unit.ERROR, this::lowest);
    add("steps logged", "steps", METRICS, Measure.Unit.NUMBER, run -> single(run.steps()));
    add(
        "steps asked for",
        "total_steps",
        CONFIG,
        Measure.Unit.NUMBER,
        run -> single(run.config().totalSteps()));
    add(
        "training until the last evaluation",
        "training_seconds",
        TIMES,
        Measure.Unit.SECONDS,
        run -> seconds(run.folder()));
    ofSummary("rollouts per second", "rollouts_per_second", Measure.Unit.NUMBER);
    ofSummary("parameters", "parameters", Measure.Unit.NUMBER);
  }

  private void addEvaluation() {
    Set<String> keys = new LinkedHashSet<>();
    for (ComparedRun run : runs) {
      run.evaluation().ifPresent(tree -> tree.fieldNames().forEachRemaining(keys::add));
    }
    keys.removeIf(key -> key.endsWith(INTERVAL) || ABOUT.contains(key));
    for (String key : keys) {
      add(key, key, EVALUATION, unit(key), run -> value(run.evaluation(), key));
    }
  }

  private static Measure.Unit unit(String key) {
    return key.endsWith("_mse") ? Measure.Unit.ERROR : Measure.Unit.NUMBER;
  }

  private void ofSummary(String label, String key, Measure.Unit unit) {
    add(label, key, SUMMARY, unit, run -> value(run.summary(), key));
  }

  private void add(
      String label,
      String key,
      String source,
      Measure.Unit unit,
      Function<ComparedRun, Optional<Estimate>> value) {
    rows.add(new ResultRow(label, key, source, unit, runs.stream().map(value).toList()));
  }

  private static Optional<Estimate> single(double value) {
    return Optional.of(Estimate.single(value));
  }

  private static Optional<Estimate> value(Optional<JsonNode> tree, String key) {
    return tree.filter(values -> values.path(key).isNumber())
        .map(
            values ->
                new Estimate(
                    values.path(key).asDouble(),
                    values.path(key + INTERVAL).asDouble(Double.NaN),
                    1));
  }

  private Optional<Estimate> lowest(ComparedRun run) {
    Optional<Curve> validation = run.overSteps("validation_mse");
    OptionalDouble least =
        validation.stream()
            .flatMapToDouble(curve -> Arrays.stream(curve.values()))
            .filter(Double::isFinite)
            .min();
    return least.isPresent() ? single(least.getAsDouble()) : Optional.empty();
  }

  private static Optional<Estimate> seconds(RunFolder folder) {
    OptionalDouble total = EvaluationTimes.total(folder.times());
    return total.isPresent() ? single(total.getAsDouble()) : Optional.empty();
  }
}
