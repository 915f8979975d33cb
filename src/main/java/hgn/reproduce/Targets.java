package hgn.reproduce;

import hgn.report.Curve;
import hgn.report.Document;
import hgn.report.LineChart;
import hgn.report.MetricsCurves;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What a budget should reach, a film twice as good as one that does not move, and where it does
 * not: experiments that tell the two most likely causes apart, too few steps and latents that are
 * not worth their cost.
 */
final class Targets implements Section {
  private static final double TARGET = 2;

  private static final List<String> SYSTEMS =
      List.of(
          "mass-spring", "pendulum", "two-body", "three-body", "double-pendulum", "damped-spring");

  /** Where the quick budget is known to fall short. */
  private static final String HARD = "three-body";

  /** Lines of the metrics that a point of a curve is the mean of. */
  private static final int LOGGED = 10;

  private static final String LONGER = "-longer";
  private static final List<String> LONGER_SETTINGS = List.of("train.steps=2700");

  @Override
  public String name() {
    return "targets";
  }

  @Override
  public List<Training> trainings(Plan plan) {
    List<Training> all = new ArrayList<>();
    SYSTEMS.forEach(system -> all.addAll(plan.trainings(Variant.LEAPFROG, system)));
    for (Attempt attempt : attempts(plan)) {
      all.addAll(attempt.trainings());
    }
    return all;
  }

  /** A training on the hard system, in words. */
  private record Attempt(String label, List<Training> trainings) {}

  /** Both causes apart and together; larger budgets have steps enough. */
  private static List<Attempt> attempts(Plan plan) {
    if (plan.budget() != Budget.QUICK) {
      return List.of();
    }
    return List.of(
        new Attempt("as in table 1", plan.trainings(Variant.LEAPFROG, HARD)),
        new Attempt("3 times the steps", longer(plan, Variant.LEAPFROG)),
        new Attempt("latents free of cost", plan.trainings(Variant.DETERMINISTIC, HARD)),
        new Attempt("both", longer(plan, Variant.DETERMINISTIC)));
  }

  private static List<Training> longer(Plan plan, Variant variant) {
    return plan.trainings(variant, HARD, LONGER, LONGER_SETTINGS);
  }

  @Override
  public void write(Document document, Plan plan, Results results, Pictures pictures) {
    document.section("Targets");
    document.paragraph(
        "A model has learnt motion where its films are at least "
            + whole(TARGET)
            + " times as good as the first frame held. Test errors times 10^4, HGN (leapfrog).");
    List<List<String>> rows = new ArrayList<>();
    for (String system : SYSTEMS) {
      List<Training> trainings = plan.trainings(Variant.LEAPFROG, system);
      double gain = gain(results, trainings);
      rows.add(
          List.of(
              system,
              results.spread(trainings, Values.HELD).text(1e4),
              results.spread(trainings, Values.TEST).text(1e4),
              decimals(gain),
              Double.isNaN(gain) ? "-" : gain >= TARGET ? "reached" : "missed"));
    }
    document.table(List.of("system", "held frame", "ours", "held over ours", "target"), rows);
    if (!attempts(plan).isEmpty()) {
      causes(document, plan, results, pictures);
    }
  }

  private static void causes(Document document, Plan plan, Results results, Pictures pictures) {
    document.paragraph(
        "Three bodies are the hard case. Two causes are likely: too few steps, or latents that"
            + " cost more, by their divergence from the prior and the noise on them, than the"
            + " little motion in these films gives back. Three times the steps test the first,"
            + " the deterministic variant, whose latents cost nothing, the second.");
    List<List<String>> rows = new ArrayList<>();
    LineChart errors = new LineChart("three-body: error of reconstruction", "step", "MSE, 1e-4");
    for (Attempt attempt : attempts(plan)) {
      rows.add(
          List.of(
              attempt.label(),
              results.spread(attempt.trainings(), Values.TEST).text(1e4),
              decimals(gain(results, attempt.trainings())),
              results.spread(attempt.trainings(), Values.DIVERGENCE).text(1)));
      Outcome example = results.example(attempt.trainings());
      if (example.succeeded()) {
        MetricsCurves.read(example.folder().metrics()).stream()
            .filter(curve -> curve.name().startsWith("MSE"))
            .forEach(curve -> add(errors, attempt, curve));
      }
    }
    document.table(List.of("training", "test MSE", "held over ours", "KL, nats"), rows);
    if (!errors.isEmpty()) {
      document.picture(
          pictures.charts("targets-three-body", List.of(errors)),
          "Error of reconstruction along these trainings, means of 100 steps from step 100 on.");
    }
  }

  /** Means of some steps each, without the first ones, beside which all others look alike. */
  private static void add(LineChart chart, Attempt attempt, Curve curve) {
    int parts = curve.values().length / LOGGED;
    if (parts > 1) {
      double[] steps = IntStream.range(1, parts).mapToDouble(i -> mean(curve.steps(), i)).toArray();
      double[] errors =
          IntStream.range(1, parts).mapToDouble(i -> 1e4 * mean(curve.values(), i)).toArray();
      chart.add(attempt.label(), steps, errors);
    }
  }

  private static double mean(double[] values, int part) {
    return Arrays.stream(values, part * LOGGED, (part + 1) * LOGGED).average().orElseThrow();
  }

  private static double gain(Results results, List<Training> trainings) {
    return results.spread(trainings, Values.HELD).mean()
        / results.spread(trainings, Values.TEST).mean();
  }

  private static String decimals(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.2f", value);
  }

  private static String whole(double value) {
    return String.format(Locale.ROOT, "%.0f", value);
  }
}
